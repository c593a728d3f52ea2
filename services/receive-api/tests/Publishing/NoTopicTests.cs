using System.Net;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class NoTopicTests : IAsyncLifetime
{
    private const string LockOwners = $"SELECT owner FROM {ErrorReportSchema.PublishingOutbox} FOR UPDATE";

    private readonly ReceiveWorld _world = new() { HasTopic = false };
    private readonly string _id = Reports.NewId();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task While_Pub_Sub_refuses_reports_are_taken_and_published_by_themselves_later()
    {
        var ids = Enumerable.Range(0, 3).Select(n => $"{_id}{n}").ToList();
        foreach (var id in ids)
        {
            using var posted = await _world.PostAsync(Reports.With(id, Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1")));
            Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        }

        await Eventually.GetAsync(
            () => Task.FromResult(_world.Logs.Warnings.Any(line => line.Contains("could not be published", StringComparison.Ordinal))),
            holds => holds);
        await Eventually.GetAsync(TryMakeTopicAsync, isMade => isMade);

        foreach (var id in ids)
        {
            Assert.Single(await _world.EventsAsync(id, 1));
        }
    }

    /// <summary>
    /// A topic is there before its subscription is: nobody would ever see what is published in between. So it is made while no report is
    /// being published, nor can be.
    /// </summary>
    private Task<bool> TryMakeTopicAsync() => _world.Database.InTransactionAsync(
        async (transaction, token) =>
        {
            var owners = await transaction.QueryAsync<byte[]?>(LockOwners, null, token);
            if (owners.Any(owner => owner is not null))
            {
                return false;
            }

            await _world.MakeTopicAsync();
            return true;
        },
        CancellationToken.None);
}
