using System.Text;
using EnergyLoad.Testing;

namespace EnergyLoad.MySql.Tests;

public sealed class InsertRowsTests(TestDatabase server) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset Instant = new(2024, 10, 27, 1, 0, 0, 123, 456, TimeSpan.FromHours(1));

    public Task InitializeAsync() => server.Database.ExecuteAsync(
        """
        CREATE TABLE IF NOT EXISTS things (
          id INT NOT NULL PRIMARY KEY, body BLOB NOT NULL, name VARBINARY(2000) NULL, made_at DATETIME(6) NOT NULL) ENGINE=InnoDB
        """,
        null,
        CancellationToken.None);

    public Task DisposeAsync() => server.Database.ExecuteAsync("DELETE FROM things", null, CancellationToken.None);

    [Theory]
    [InlineData("*/; DROP TABLE things; /*!")]
    [InlineData(@"' OR 1=1 -- \' "" @b0 \0")]
    [InlineData("Zürich 🌡️")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_is_written_is_read_back_byte_for_byte(string? text)
    {
        var name = text is null ? null : string.Concat(Enumerable.Repeat(text, 40));
        var body = Encoding.UTF8.GetBytes(text ?? "\0\u0001");
        var rows = new InsertRows("INSERT INTO things (id, body, name, made_at) VALUES");
        rows.Row().Add(1).AddBody(body).Add(name).Add(Instant);
        rows.Row().Add(2).AddBody(body).Add("other").Add(Instant.AddTicks(9));

        var written = await server.Database.InTransactionAsync(
            (transaction, token) => rows.ExecuteAsync(transaction, "ON DUPLICATE KEY UPDATE id = id", token), CancellationToken.None);

        Assert.Equal(2, written);
        var read = await server.Database.QueryAsync<Thing>(
            "SELECT id, body, name, made_at FROM things ORDER BY id", null, CancellationToken.None);
        Assert.Equal([name, "other"], read.Select(thing => thing.Name));
        Assert.All(read, thing => Assert.Equal(body, thing.Body));
        Assert.All(read, thing => Assert.Equal(Instant, thing.MadeAt));
    }

    [Fact]
    public async Task Every_character_is_read_back_as_it_was_written()
    {
        var names = Enumerable.Range(0, 0x180).Select(code => $"a{(char)code}b").ToArray();
        var rows = new InsertRows("INSERT INTO things (id, body, name, made_at) VALUES");
        for (var i = 0; i < names.Length; i++)
        {
            rows.Row().Add(i).Add(Encoding.UTF8.GetBytes(names[i])).Add(names[i]).Add(Instant);
        }

        await server.Database.InTransactionAsync(
            (transaction, token) =>
            {
                rows.ExecuteAtCommit(transaction, ending: null);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        var read = await server.Database.QueryAsync<Thing>(
            "SELECT id, body, name, made_at FROM things ORDER BY id", null, CancellationToken.None);
        Assert.Equal(names, read.Select(thing => thing.Name));
        Assert.Equal(names, read.Select(thing => Encoding.UTF8.GetString(thing.Body)));
    }

    private sealed class Thing
    {
        public required int Id { get; init; }

        public required byte[] Body { get; init; }

        public required string? Name { get; init; }

        public required DateTimeOffset MadeAt { get; init; }
    }
}
