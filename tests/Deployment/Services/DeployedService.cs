using EnergyLoad.Deployment.Tests.Terraform;
using EnergyLoad.ReceiveApi.Hosting;
using EnergyLoad.SendApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>A service built with the variables that Terraform sets and no others; it is not started.</summary>
internal static class DeployedService
{
    public const string Send = "send_api";
    public const string Receive = "receive_api";

    // Set where the library reads them itself, not by an options class.
    private const string Telemetry = "OTEL_";

    /// <summary>The names of the variables of a service.</summary>
    public static IReadOnlyList<string> Variables(string service)
    {
        var call = Infrastructure.Call(service);
        var callers = Infrastructure.Keys(Infrastructure.Local("service", "callers")).ToArray();
        return
        [
            .. Infrastructure.Keys(Infrastructure.Local("service", "common")),
            .. callers.Select(caller => $"Auth__Callers__{caller}__Email"),
            .. callers.Select(caller => $"Auth__Callers__{caller}__UniqueId"),
            .. Infrastructure.Keys(call["secrets"]!).Select(source => $"Secrets__Sources__{source}"),
            .. Infrastructure.Keys(call["environment"]!),
        ];
    }

    /// <summary>The same as the sections and keys of the configuration.</summary>
    public static IReadOnlyList<string> Keys(string service) =>
    [
        .. Variables(service).Where(name => !name.StartsWith(Telemetry, StringComparison.Ordinal))
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal)),
    ];

    public static WebApplicationBuilder Builder(string service)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Keys(service).ToDictionary(key => key, string? (key) => Plausible(key)));
        if (service == Send)
        {
            builder.AddSendApi();
        }
        else
        {
            builder.AddReceiveApi();
        }

        return builder;
    }

    /// <summary>The service with its routes.</summary>
    public static WebApplication Build(string service)
    {
        var app = Builder(service).Build();
        if (service == Send)
        {
            app.UseSendApi();
        }
        else
        {
            app.UseReceiveApi();
        }

        return app;
    }

    // Of the kind of what Terraform computes.
    private static string Plausible(string key) => key.Split(':')[^1] switch
    {
        "MaximumPoolSize" or "TrustedHops" => "3",
        "TlsMode" => "Required",
        "Signer" => "IamCredentials",
        "Email" or "Issuer" or "TasksAccount" => "somebody@project.iam.gserviceaccount.com",
        "UniqueId" => "112345678901234567890",
        "Audience" => "https://audience.example.com",
        var name when name.EndsWith("Url", StringComparison.Ordinal) => "https://address.example.com",
        _ when key.StartsWith("Secrets:Sources:", StringComparison.Ordinal) => "secretmanager:some-secret",
        var name => name,
    };
}
