using System.Net;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(SharedStack.Name)]
public sealed class SearchTests(RunningStack stack)
{
    // The stated lag of the search, and what a busy machine adds to it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly OutcomeWorld _world = new(stack);

    [Fact]
    public async Task A_reading_is_found_by_its_meter_and_its_instant_soon_after_its_push()
    {
        using var sender = await _world.LoginAsync("sender");
        var day = await _world.MeterAsync(known: true, ("2022-10-01T02:00:00+02:00", "1"), ("2022-10-01T02:30:00+02:00", "2.50"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());

        var page = await Eventually.GetAsync(
            () => sender.GetAsync($"{OutcomeWorld.Send}?meter={day.File.Meter}&at=2022-10-01T00:30:00Z"), Arrived, Patience);

        var item = page.GetProperty("items")[0];
        Assert.Equal((sendId, day.MessageId, "delivered"), (Text(item, "sendId"), Text(item, "messageId"), Text(item, "state")));
        Assert.Equal("2.50", item.GetProperty("readings")[0].GetProperty("value").GetRawText());
        Assert.Empty((await sender.GetAsync($"{OutcomeWorld.Send}?meter={day.File.Meter}&at=2022-10-01T00:31:00Z")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_sender_finds_its_own_messages_and_backoffice_all()
    {
        using var sender = await _world.LoginAsync("sender");
        using var backoffice = await _world.LoginAsync("backoffice");
        var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());

        var found = await Eventually.GetAsync(
            () => backoffice.GetAsync($"{OutcomeWorld.Send}?messageId={day.MessageId}"), page => Count(page) == 1, Patience);

        Assert.Equal(sendId, Text(found.GetProperty("items")[0], "sendId"));
        Assert.Equal(1, Count(await sender.GetAsync($"{OutcomeWorld.Send}?messageId={day.MessageId}")));
        Assert.Equal(0, Count(await sender.GetAsync($"{OutcomeWorld.Send}?messageId={day.MessageId}&sender=another")));
    }

    [Fact]
    public async Task A_search_that_is_not_valid_is_refused_with_every_fault()
    {
        using var sender = await _world.LoginAsync("sender");
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"{OutcomeWorld.Send}?at=now&state=gone&limit=x", UriKind.Relative));
        using var answer = await sender.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("InvalidQuery", Text(problem, "code"));
        Assert.Equal(4, problem.GetProperty("errors").GetArrayLength());
    }

    private static bool Arrived(JsonElement page) => Count(page) == 1 && Text(page.GetProperty("items")[0], "state") == "delivered";

    private static int Count(JsonElement page) => page.GetProperty("items").GetArrayLength();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
