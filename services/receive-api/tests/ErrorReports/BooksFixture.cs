using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

/// <summary>receive-api's tables in a database of their own.</summary>
public sealed class BooksFixture : IAsyncLifetime
{
    private readonly TestDatabase _tests = new();

    internal Database Database => _tests.Database;

    public async Task InitializeAsync()
    {
        await _tests.InitializeAsync();
        await new Migrator(Database, NullLogger<Migrator>.Instance).RunAsync(ErrorReportSchema.Migrations, CancellationToken.None);
    }

    public Task DisposeAsync() => _tests.DisposeAsync();
}
