using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using EnergyLoad.Auth.Freshness;
using EnergyLoad.Auth.Login;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tokens;
using EnergyLoad.Auth.Users;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth;

/// <summary>
/// Puts login, users, tokens and deny-by-default authorisation into a service that has a database, an audit log and the clients of Google
/// Cloud.
/// </summary>
public static class EnergyLoadAuth
{
    /// <summary>
    /// Adds everything that the section <c>Auth</c> configures; a fault of the section stops the host at start with every fault named.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    public static IHostApplicationBuilder AddEnergyLoadAuth(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddMetrics();
        services.AddSingleton<AuthMetrics>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddValidatedOptions<AuthOptions, AuthOptionsValidator>(AuthOptions.Section);
        services.AddPasswords().AddLogin().AddUsers().AddTokens().AddAccess();
        if (builder.Configuration.GetValue<TokenSigner>($"{AuthOptions.Section}:{nameof(AuthOptions.Signer)}") == TokenSigner.Key)
        {
            services.AddSecret(AuthOptions.SigningKeySecret, SigningKeyJson.Default.SigningKeyFile);
        }

        return builder;
    }

    /// <summary>
    /// Adds the step that finds out where a request comes from and decides whether it may go on. Call it after routing and before anything
    /// that answers.
    /// </summary>
    /// <param name="app">The service.</param>
    public static WebApplication UseEnergyLoadAuth(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<AccessMiddleware>();
        return app;
    }

    /// <summary>
    /// Maps login, logout, the own user, the management of users and the reading of the audit log. Names are the operationIds of the
    /// gateways' files.
    /// </summary>
    /// <param name="routes">The service's routes.</param>
    public static IEndpointRouteBuilder MapEnergyLoadAuth(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapLogin();
        routes.MapOwnUser();
        routes.MapUsers();
        routes.MapEnergyLoadAudit(context => CurrentUser.Of(context.User).HasAny(Role.Root)).RequireGatewayUser(
            Role.Root, Role.Admin, Role.Auditor);
        return routes;
    }

    private static IServiceCollection AddPasswords(this IServiceCollection services) => services
        .AddSingleton<PasswordHasher>()
        .AddSingleton<PasswordPolicy>();

    private static IServiceCollection AddLogin(this IServiceCollection services) => services
        .AddSingleton<LoginProcess>()
        .AddSingleton<LoginLedger>()
        .AddSingleton<LoginThrottle>()
        .AddSingleton<AddressRate>()
        .AddSingleton<Decoys>()
        .AddSingleton<PasswordCheck>()
        .AddSingleton<Logout>()
        .AddSingleton(provider => new AuthSweep(provider.GetRequiredService<Logout>(), provider.GetRequiredService<LoginThrottle>()));

    private static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddSingleton<UserStore>()
        .AddSingleton<UserAccounts>()
        .AddSingleton<OwnPassword>()
        .AddSingleton<UserImport>();

    private static IServiceCollection AddTokens(this IServiceCollection services) => services
        .AddSingleton<TokenIssuer>()
        .AddSingleton<FreshnessReader>()
        .AddSingleton<ITokenSigner>(CreateSigner);

    private static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<CallerTokens>()
        .AddSingleton<UserTokens>()
        .AddSingleton<DenialWriter>();

    private static ITokenSigner CreateSigner(IServiceProvider provider) => Settings(provider).Signer switch
    {
        TokenSigner.IamCredentials => ActivatorUtilities.CreateInstance<IamTokenSigner>(provider),
        TokenSigner.Key => ActivatorUtilities.CreateInstance<KeyTokenSigner>(provider),
    };

    private static AuthOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<AuthOptions>>().Value;
}
