using System.Net;
using System.Text;
using EnergyLoad.Local.Gateway.Backends;
using EnergyLoad.Local.Gateway.Configuration;
using EnergyLoad.Local.Gateway.Contract;
using EnergyLoad.Local.Gateway.Keys;
using EnergyLoad.Local.Gateway.Requests;
using EnergyLoad.Local.Gateway.Tokens;
using EnergyLoad.Local.Gateway.Upkeep;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EnergyLoad.Local.Gateway;

/// <summary>Puts a gateway together; it opens its port when started.</summary>
internal static class GatewayHost
{
    public static WebApplication Build(GatewayConfig config, TimeProvider? timeProvider = null)
    {
        var contract = GatewayContract.Read(config.OpenApi, config.Values);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, config.Port));
        builder.Services.AddSingleton(timeProvider ?? TimeProvider.System);
        builder.Services.AddSingleton(contract).AddSingleton(config).AddGateway(contract);
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<GatewayPipeline>().HandleAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.Listen(IPAddress.Loopback, port);
        kestrel.AddServerHeader = false;
        // Every byte of a header passes as it came.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        // Above Envoy's limits, so that the refusal has Envoy's form.
        limits.MaxRequestHeaderCount = 10 * HeaderRules.MaximumCount;
        limits.MaxRequestHeadersTotalSize = 4 * HeaderRules.MaximumBytes;
        limits.MaxRequestLineSize = HeaderRules.MaximumBytes;
    }

    private static void AddGateway(this IServiceCollection services, GatewayContract contract)
    {
        services.AddSingleton(_ => new HttpClient { Timeout = Fetching.Timeout });
        services.AddSingleton(_ => UpstreamHandler());
        services.AddSingleton(all => new HttpMessageInvoker(all.GetRequiredService<SocketsHttpHandler>()));
        services.AddSingleton(new RouteTable(contract.Operations));
        services.AddSingleton(provider => new KeyCheck(provider.GetRequiredService<GatewayConfig>().ApiKeys));
        services.AddSingleton<Forwarder>().AddSingleton<BackendAuthorization>().AddSingleton<GatewayPipeline>();
        services.AddSingleton<IReadOnlyDictionary<string, BackendPool>>(
            provider => Pools(contract, provider.GetRequiredService<GatewayConfig>().Backends));
        services.AddTokenChecks(contract).AddIdentityTokens(contract);
        services.AddHostedService<UpkeepService>();
    }

    private static IServiceCollection AddTokenChecks(this IServiceCollection services, GatewayContract contract)
    {
        var providers = contract.Operations.Select(operation => operation.Token).OfType<TokenProvider>().Distinct().ToArray();
        foreach (var provider in providers)
        {
            services.AddKeyedSingleton(provider, (all, _) => ActivatorUtilities.CreateInstance<SigningKeySource>(all, provider.Keys));
            services.AddSingleton<IRefreshed>(all => all.GetRequiredKeyedService<SigningKeySource>(provider));
        }

        return services.AddSingleton<IReadOnlyDictionary<string, TokenCheck>>(all => providers.ToDictionary(
            provider => provider.Name,
            provider => new TokenCheck(
                provider, all.GetRequiredKeyedService<SigningKeySource>(provider), all.GetRequiredService<TimeProvider>())));
    }

    private static void AddIdentityTokens(this IServiceCollection services, GatewayContract contract)
    {
        foreach (var audience in contract.Operations.Select(operation => operation.Backend.Audience).OfType<string>().Distinct())
        {
            services.AddKeyedSingleton(audience, (all, _) => MakeSource(all, audience));
            services.AddSingleton(all => all.GetRequiredKeyedService<IdentityTokenSource>(audience));
            services.AddSingleton<IRefreshed>(all => all.GetRequiredKeyedService<IdentityTokenSource>(audience));
        }
    }

    private static IdentityTokenSource MakeSource(IServiceProvider all, string audience)
    {
        var config = all.GetRequiredService<GatewayConfig>();
        return ActivatorUtilities.CreateInstance<IdentityTokenSource>(all, config.Metadata, audience, config.StripSignatures);
    }

    // By operation; those of one backend share the turns.
    private static Dictionary<string, BackendPool> Pools(GatewayContract contract, IReadOnlyList<Uri> processes) =>
        contract.Operations
            .GroupBy(operation => operation.Backend)
            .Select(group => (Operations: group, Pool: new BackendPool(group.Key, processes)))
            .SelectMany(group => group.Operations, (group, operation) => (operation.Id, group.Pool))
            .ToDictionary(pair => pair.Id, pair => pair.Pool);

    private static SocketsHttpHandler UpstreamHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    };
}
