using EnergyLoad.Testing;

namespace EnergyLoad.MySql.Tests;

public sealed class TransactionTests(TestDatabase server) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Count = "SELECT COUNT(*) FROM acts";

    public Task InitializeAsync() => server.Database.ExecuteAsync(
        "CREATE TABLE IF NOT EXISTS acts (id INT NOT NULL PRIMARY KEY, body BLOB NULL) ENGINE=InnoDB", null, CancellationToken.None);

    public Task DisposeAsync() => server.Database.ExecuteAsync("DELETE FROM acts", null, CancellationToken.None);

    [Fact]
    public async Task What_is_left_to_the_commit_is_committed_with_what_went_before()
    {
        await server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                Row(2).ExecuteAtCommit(transaction, ending: null);
                Assert.Equal(1, await Row(1).ExecuteAsync(transaction, ending: null, token));
                Assert.Equal([1], await transaction.QueryAsync<int>("SELECT id FROM acts", null, token));
            },
            CancellationToken.None);

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Bodies_travel_with_the_commit_of_one_statement()
    {
        byte[] body = [0, 1, (byte)'\'', (byte)'\\', (byte)';', 255];
        await server.Database.InTransactionAsync(
            (transaction, _) =>
            {
                Row(1).ExecuteAtCommit(transaction, ending: null);
                BodyRow(2, body).ExecuteAtCommit(transaction, ending: null);
                Row(3).ExecuteAtCommit(transaction, ending: null);
                Assert.Throws<InvalidOperationException>(() => BodyRow(4, body).ExecuteAtCommit(transaction, ending: null));
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.Equal(3, await CountAsync());
        Assert.Equal([body], await server.Database.QueryAsync<byte[]>("SELECT body FROM acts WHERE id = 2", null, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_committed_when_what_was_left_to_the_commit_is_refused()
    {
        await Row(1).ToDatabaseAsync(server.Database);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                await Row(2).ExecuteAsync(transaction, ending: null, token);
                Row(1).ExecuteAtCommit(transaction, ending: null);
            },
            CancellationToken.None));

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_first_statement_that_is_refused_ends_the_transaction_and_its_session_serves_on()
    {
        await Row(1).ToDatabaseAsync(server.Database);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Row(1).ToDatabaseAsync(server.Database));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => server.Database.InTransactionAsync(
            (transaction, token) => transaction.QueryAsync<int>("SELECT id FROM nowhere", null, token), CancellationToken.None));

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task An_act_that_throws_leaves_nothing_behind_in_its_session()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                await Row(1).ExecuteAsync(transaction, ending: null, token);
                throw new InvalidOperationException("in the middle");
            },
            CancellationToken.None));

        // The same session is lent again: were its transaction still open, it would see the row.
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_snapshot_reads_as_of_its_first_statement_and_the_session_reads_committed_data_after_it()
    {
        await server.Database.InSnapshotAsync(
            async (transaction, token) =>
            {
                Assert.Equal(0, (await transaction.QueryAsync<int>(Count, null, token))[0]);
                await Row(1).ToDatabaseAsync(server.Database);
                Assert.Equal(0, (await transaction.QueryAsync<int>(Count, null, token))[0]);
                return true;
            },
            CancellationToken.None);

        await server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                Assert.Equal(1, (await transaction.QueryAsync<int>(Count, null, token))[0]);
                await Row(2).ToDatabaseAsync(server.Database);
                Assert.Equal(2, (await transaction.QueryAsync<int>(Count, null, token))[0]);
            },
            CancellationToken.None);
    }

    private static InsertRows Row(int id) => new InsertRows("INSERT INTO acts (id) VALUES").Row().Add(id);

    private static InsertRows BodyRow(int id, byte[] body) => new InsertRows("INSERT INTO acts (id, body) VALUES").Row().Add(id).AddBody(body);

    private async Task<int> CountAsync() => (await server.Database.QueryAsync<int>(Count, null, CancellationToken.None))[0];
}

file static class Rows
{
    public static Task ToDatabaseAsync(this InsertRows rows, Database database) => database.InTransactionAsync(
        (transaction, token) => rows.ExecuteAsync(transaction, ending: null, token), CancellationToken.None);
}
