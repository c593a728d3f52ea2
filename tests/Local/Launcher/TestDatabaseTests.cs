using EnergyLoad.Testing;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class TestDatabaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_test_class_gets_an_empty_database_of_its_own()
    {
        await using var connection = await database.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()";
        Assert.Equal(0L, Convert.ToInt64(await command.ExecuteScalarAsync()));
        Assert.Equal(database.Name, connection.Database);
    }
}
