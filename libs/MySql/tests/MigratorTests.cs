using EnergyLoad.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyLoad.MySql.Tests;

public sealed class MigratorTests(TestDatabase server) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Steps_are_done_once_and_in_order()
    {
        var set = new MigrationSet("once", [Table(1, "once_a"), new(2, "fill", "INSERT INTO once_a (n) VALUES (1)")]);

        await Migrator.RunAsync(set, CancellationToken.None);
        await Migrator.RunAsync(set, CancellationToken.None);

        Assert.Equal([1L], await server.Database.QueryAsync<long>("SELECT n FROM once_a", null, CancellationToken.None));
        Assert.Equal(2, await Migrator.LevelAsync("once", CancellationToken.None));
    }

    [Fact]
    public async Task An_older_set_against_a_newer_schema_does_nothing()
    {
        await Migrator.RunAsync(new("newer", [Table(1, "newer_a"), Table(2, "newer_b")]), CancellationToken.None);

        await Migrator.RunAsync(new("newer", [new(1, "would fail", "THIS IS NO SQL")]), CancellationToken.None);

        Assert.Equal(2, await Migrator.LevelAsync("newer", CancellationToken.None));
    }

    [Fact]
    public async Task A_step_that_failed_is_done_again_and_those_before_it_are_not()
    {
        var faulty = new MigrationSet(
            "mended", [new(1, "one row", "CREATE TABLE mended AS SELECT 1 AS n"), new(2, "faulty", "THIS IS NO SQL")]);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Migrator.RunAsync(faulty, CancellationToken.None));
        Assert.Equal(1, await Migrator.LevelAsync("mended", CancellationToken.None));

        await Migrator.RunAsync(faulty with { Steps = [faulty.Steps[0], Table(2, "mended_b")] }, CancellationToken.None);

        Assert.Equal(2, await Migrator.LevelAsync("mended", CancellationToken.None));
    }

    [Fact]
    public async Task A_step_already_in_effect_is_only_written_into_the_history()
    {
        var guarded = new MigrationStep(1, "guarded", "THIS IS NO SQL", "SELECT 1");

        await Migrator.RunAsync(new("guarded", [guarded]), CancellationToken.None);

        Assert.Equal(1, await Migrator.LevelAsync("guarded", CancellationToken.None));
    }

    [Fact]
    public async Task Two_jobs_at_once_do_each_step_once()
    {
        var set = new MigrationSet("racing", [Table(1, "racing"), .. Enumerable.Range(2, 8).Select(level => new MigrationStep(level, "row", "INSERT INTO racing (n) VALUES (1)"))]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.RunAsync(set, CancellationToken.None)));

        Assert.Equal([8L], await server.Database.QueryAsync<long>("SELECT COUNT(*) FROM racing", null, CancellationToken.None));
    }

    private Migrator Migrator => new(server.Database, NullLogger<Migrator>.Instance);

    private static MigrationStep Table(int level, string name) =>
        new(level, $"create {name}", $"CREATE TABLE IF NOT EXISTS {name} (n INT NOT NULL)");
}
