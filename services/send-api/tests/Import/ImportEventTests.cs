using System.Net;
using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Import;

public sealed class ImportEventTests(OutcomeWorld rooms) : IClassFixture<OutcomeWorld>
{
    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task The_events_of_an_imported_message_say_where_its_object_was_and_where_it_goes(HttpStatusCode status)
    {
        var world = new ImportWorld(rooms);
        await world.PutAsync("one.json", world.Message("one"));
        await world.ImportAsync();
        await rooms.DeliverAsync(status);
        var payloads = await rooms.Database.QueryAsync<byte[]>(
            "SELECT payload FROM send_outbox ORDER BY created_at DESC LIMIT 1", null, CancellationToken.None);
        var told = JsonSerializer.Deserialize(Assert.Single(payloads), PublishingJson.Default.ToldOutcome)!;

        var events = await rooms.Get<OutcomeEvents>().OfAsync([(new byte[16], told)]).ToListAsync();

        Assert.NotEmpty(events);
        Assert.All(
            events, one => Assert.Equal((SendCloud.SourceBucket, $"{world.Folder}one.json"), (one.OriginalBucket, one.OriginalPath)));
        Assert.All(events, one => Assert.Equal(
            status == HttpStatusCode.OK
                ? (SendCloud.SuccessBucket, $"{world.Folder}one.json")
                : (SendCloud.ErrorBucket, $"send/BadRequest/{world.Folder}one.json"),
            (one.DestinationBucket, one.DestinationPath)));
    }
}
