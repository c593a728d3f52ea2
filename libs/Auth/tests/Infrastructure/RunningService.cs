using System.Globalization;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>One instance of the third service, on a real socket.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string Audience = "http://127.0.0.1:8081";

    private readonly WebApplication _app;

    private RunningService(WebApplication app, FakeGoogle google, LogSink log) => (_app, Google, Log) = (app, google, log);

    public FakeGoogle Google { get; }

    public LogSink Log { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<RunningService> StartAsync(
        TestDatabase database, FakeGoogle google, Dictionary<string, string?>? settings = null)
    {
        var (app, log) = Build(database, google, settings);
        await app.StartAsync();
        return new RunningService(app, google, log);
    }

    public static (WebApplication App, LogSink Log) Build(
        TestDatabase database, FakeGoogle google, Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings(database, google));
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var log = new LogSink();
        builder.Services.AddSingleton<ILoggerProvider>(log);
        return (ThirdService.Build(builder), log);
    }

    public GatewayClient Client(string clientAddress = "198.51.100.7") => new(Address, Google, clientAddress);

    /// <summary>A request that the gateway did not pass on.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? authorization)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return GatewayClient.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public static Dictionary<string, string?> Settings(TestDatabase database, FakeGoogle google)
    {
        var mySql = database.Options;
        var settings = new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["Hosting:Loopback"] = "true",
            ["MySql:Host"] = mySql.Host,
            ["MySql:Port"] = mySql.Port.ToString(CultureInfo.InvariantCulture),
            ["MySql:Database"] = mySql.Database,
            ["MySql:User"] = mySql.User,
            ["MySql:Password"] = mySql.Password,
            ["MySql:TlsMode"] = mySql.TlsMode,
            ["MySql:AllowPublicKeyRetrieval"] = "true",
            ["Audit:Service"] = "third-service",
            ["Audit:HmacKey"] = Convert.ToBase64String(new byte[32]),
            ["Audit:RefusalsPerAddress"] = "1000",
            ["Audit:RefusalsPerName"] = "1000",
            ["Audit:RefusalsPerKind"] = "10000",
            ["GoogleCloud:ProjectId"] = "energyload-local",
            ["GoogleCloud:Location"] = "europe-west1",
            ["GoogleCloud:IamCredentialsUrl"] = google.Address,
            ["GoogleCloud:SecretManagerUrl"] = google.Address,
            ["Auth:Issuer"] = FakeGoogle.Issuer,
            ["Auth:Audience"] = Audience,
            ["Auth:JwksUrl"] = $"{google.Address}/service_accounts/v1/jwk/{FakeGoogle.Issuer}",
            ["Auth:TrustedHops"] = "2",

            // The least that is allowed: a hash takes its time on purpose.
            ["Auth:Passwords:MemoryKib"] = Argon2Parameters.OwaspMinimum.MemoryKib.ToString(CultureInfo.InvariantCulture),
            ["Auth:Passwords:Passes"] = Argon2Parameters.OwaspMinimum.Passes.ToString(CultureInfo.InvariantCulture),
            ["Auth:LoginLimits:FirstWait"] = "00:00:30",
            ["Auth:Callers:JwksUrl"] = $"{google.Address}/oauth2/v3/certs",
            ["Auth:Callers:Audience"] = IdToken.Audience,
        };
        foreach (var account in new[] { Account.Gateway, Account.Tasks, Account.PubSub, Account.Scheduler, Account.Deployer })
        {
            var caller = account.Name switch
            {
                "send-gateway" => "Gateway",
                "tasks-invoker" => "Tasks",
                "pubsub-push" => "PubSub",
                "scheduler" => "Scheduler",
                _ => "Deployer",
            };
            settings[$"Auth:Callers:{caller}:Email"] = account.Email;
            settings[$"Auth:Callers:{caller}:UniqueId"] = account.UniqueId;
        }

        return settings;
    }
}
