using EnergyLoad.MySql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Audit.Tests.Support;

/// <summary>A service that has nothing but the log.</summary>
internal sealed class AuditHost : IAsyncDisposable
{
    public const string Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private readonly WebApplication _app;

    private AuditHost(WebApplication app, CapturedLog captured) => (_app, Captured) = (app, captured);

    public CapturedLog Captured { get; }

    public IServiceProvider Services => _app.Services;

    public AuditLog Log => _app.Services.GetRequiredService<AuditLog>();

    public Database Database => _app.Services.GetRequiredService<Database>();

    public AuditVerifier Verifier => _app.Services.GetRequiredService<AuditVerifier>();

    public AuditRetention Retention => _app.Services.GetRequiredService<AuditRetention>();

    public static AuditHost Create(
        MySqlOptions mySql,
        Dictionary<string, string?>? settings = null,
        AuditAnchor? anchor = null,
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder();
        var captured = new CapturedLog();
        builder.Logging.ClearProviders().AddProvider(captured);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings(mySql)).AddInMemoryCollection(settings ?? []);
        services?.Invoke(builder.Services);
        builder.AddMySql(AuditMigrations.Set);
        builder.AddEnergyLoadAudit("test-service", anchor is null ? null : _ => anchor);
        var app = builder.Build();
        map?.Invoke(app);
        return new AuditHost(app, captured);
    }

    public Task MigrateAsync() => _app.Services.GetRequiredService<Migrator>().RunAsync(AuditMigrations.Set, CancellationToken.None);

    public async Task<Uri> StartAsync()
    {
        await _app.StartAsync();
        return new Uri(_app.Urls.Single());
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static Dictionary<string, string?> Settings(MySqlOptions mySql) => new()
    {
        ["MySql:Host"] = mySql.Host,
        ["MySql:Port"] = $"{mySql.Port}",
        ["MySql:Database"] = mySql.Database,
        ["MySql:User"] = mySql.User,
        ["MySql:Password"] = mySql.Password,
        ["MySql:TlsMode"] = mySql.TlsMode,
        ["MySql:AllowPublicKeyRetrieval"] = $"{mySql.AllowPublicKeyRetrieval}",
        ["MySql:MaximumPoolSize"] = "32",
        ["Audit:HmacKey"] = Key,
    };
}
