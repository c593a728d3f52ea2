using EnergyLoad.Audit;
using EnergyLoad.MySql;
using EnergyLoad.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>A migrated database and one running instance, for one test class.</summary>
public sealed class AuthFixture : IAsyncLifetime
{
    public const string Password = "violet harbour 27 lanterns";
    public const string NewPassword = "an umbrella under 9 bridges";

    private RunningService? _service;

    internal TestDatabase Database { get; } = new();

    internal RunningService Service => _service ?? throw new InvalidOperationException("Not initialised.");

    internal World World => new(Service, Database);

    public async Task InitializeAsync()
    {
        await MigrateAsync(Database);
        _service = await RunningService.StartAsync(Database, await FakeGoogle.GetAsync());
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal static async Task MigrateAsync(TestDatabase database)
    {
        await database.InitializeAsync();
        var migrator = new Migrator(database.Database, NullLogger<Migrator>.Instance);
        await migrator.RunAsync(AuditMigrations.Set, CancellationToken.None);
        await migrator.RunAsync(AuthMigrations.Set, CancellationToken.None);
    }
}
