using System.Net;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>What users do about messages afterwards: cancel, pause, resend.</summary>
[Collection(SharedStack.Name)]
public sealed class OperatingTests(RunningStack stack)
{
    private readonly OutcomeWorld _world = new(stack);

    [Fact]
    public async Task A_parked_message_is_cancelled_by_its_sender_and_a_delivered_one_is_not()
    {
        using var sender = await _world.LoginAsync("sender");
        var parked = await _world.MeterAsync(known: false, ("2022-10-01T00:00:00Z", "1"));
        var sendId = await OutcomeWorld.PushAsync(sender, parked.ToJson());
        await OutcomeWorld.UntilAsync(sender, sendId, "parked");

        var (status, body) = await Eventually.GetAsync(
            () => OutcomeWorld.PostAsync(sender, $"{sendId}/cancel"), answer => answer.Status != HttpStatusCode.Conflict);
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (status, body.GetProperty("state").GetString()));

        var delivered = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        var sent = await OutcomeWorld.PushAsync(sender, delivered.ToJson());
        await OutcomeWorld.UntilAsync(sender, sent, "delivered");
        (status, body) = await OutcomeWorld.PostAsync(sender, $"{sent}/cancel");
        Assert.Equal((HttpStatusCode.Conflict, "TooLateToCancel"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_is_pushed_during_a_pause_is_delivered_after_it()
    {
        using var sender = await _world.LoginAsync("sender");
        using var admin = await _world.LoginAsync("admin");
        var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        Assert.Equal(HttpStatusCode.Forbidden, (await OutcomeWorld.PostAsync(sender, "pause")).Status);

        var (_, state) = await OutcomeWorld.PostAsync(admin, "pause");
        string sendId;
        try
        {
            Assert.True(state.GetProperty("paused").GetBoolean());
            sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
            await Eventually.GetAsync(
                () => sender.GetAsync($"{OutcomeWorld.Send}?meter={day.File.Meter}&state=accepted"), page => Count(page) == 1);
            Assert.Empty(await _world.ReceivedAsync(day.MessageId));
        }
        finally
        {
            await OutcomeWorld.PostAsync(admin, "resume");
        }

        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
    }

    [Fact]
    public async Task Rejected_readings_are_resent_as_a_message_of_their_own_and_the_ledger_balances()
    {
        using var sender = await _world.LoginAsync("sender");
        using var backoffice = await _world.LoginAsync("backoffice");
        var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"), ("2022-10-01T00:30:00Z", "2.50"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");

        // An incident gathers what all tests report under one code.
        var code = $"E{Guid.NewGuid():n}"[..12];
        await _world.ReportAsync(
            $"{day.MessageId}_{sendId}", new { errorCode = code, errorMessage = "no", datapointKey = "kwh", value = 2.5, tsIso8601 = "2022-10-01T00:30:00Z" });
        await Eventually.GetAsync(
            () => sender.GetAsync($"{OutcomeWorld.Send}?meter={day.File.Meter}&reason=RejectedByReport"), page => Count(page) == 1);

        var incident = (await backoffice.GetAsync($"{OutcomeWorld.Send}/incidents?meter={day.File.Meter}")).GetProperty("items")[0];
        Assert.Equal((code, 1), (incident.GetProperty("errorCode").GetString(), incident.GetProperty("count").GetInt32()));

        var (listed, list) = await OutcomeWorld.PostAsync(sender, $"{sendId}/resend", new { only = "rejectedReadings", dryRun = true });
        Assert.Equal((HttpStatusCode.OK, 1), (listed, list.GetProperty("items")[0].GetProperty("readings").GetInt32()));
        var (status, result) = await OutcomeWorld.PostAsync(sender, $"{sendId}/resend", new { only = "rejectedReadings" });
        Assert.Equal(HttpStatusCode.Accepted, status);

        var resent = await OutcomeWorld.UntilAsync(sender, result.GetProperty("items")[0].GetProperty("sendId").GetString()!, "delivered");
        Assert.Equal(sendId, resent.GetProperty("resendOf").GetString());
        Assert.Equal("2.50", resent.GetProperty("readings")[0].GetProperty("value").GetRawText());
        Assert.Equal(2, (await _world.ReceivedAsync(day.MessageId)).Count);
        Assert.True((await backoffice.GetAsync($"{OutcomeWorld.Send}/ledger")).GetProperty("balanced").GetBoolean());

        // The first resend is newer than the message and overlaps it.
        (status, result) = await OutcomeWorld.PostAsync(sender, $"{sendId}/resend");
        Assert.Equal((HttpStatusCode.Conflict, "NewerMessages"), (status, result.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.Accepted, (await OutcomeWorld.PostAsync(sender, $"{sendId}/resend", new { force = true })).Status);
        await Eventually.GetAsync(() => _world.ReceivedAsync(day.MessageId), received => received.Count == 3);
    }

    [Fact]
    public async Task All_that_match_a_filter_are_resent_by_a_job_that_can_be_followed()
    {
        using var sender = await _world.LoginAsync("sender");
        using var backoffice = await _world.LoginAsync("backoffice");
        var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
        await Eventually.GetAsync(
            () => backoffice.GetAsync($"{OutcomeWorld.Send}?meter={day.File.Meter}&state=delivered"), page => Count(page) == 1);

        var (status, job) = await OutcomeWorld.PostAsync(
            backoffice, "resend", new { filter = new { meter = day.File.Meter, state = "delivered" } });

        Assert.Equal(HttpStatusCode.Accepted, status);
        var path = $"resends/{job.GetProperty("jobId").GetString()}";
        var ended = await Eventually.GetAsync(
            () => backoffice.GetAsync($"{OutcomeWorld.Send}/{path}"), read => read.GetProperty("state").GetString() == "finished");
        Assert.Equal((1, 1), (ended.GetProperty("examined").GetInt32(), ended.GetProperty("resent").GetInt32()));
        await Eventually.GetAsync(() => _world.ReceivedAsync(day.MessageId), received => received.Count == 2);
        Assert.Equal(HttpStatusCode.Conflict, (await OutcomeWorld.PostAsync(backoffice, $"{path}/cancel")).Status);
        using var admin = await _world.LoginAsync("admin");
        var events = await Eventually.GetAsync(
            () => admin.GetAsync("/api/v1/management/audit?type=ResendStarted"), page => Count(page) > 0);
        Assert.Equal(job.GetProperty("jobId").GetString(), events.GetProperty("items")[0].GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("""{"filter":{}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"filter":{"meter":"m"},"only":"some"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"filter":{"colour":"red"}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"filter":{"meter":"m"},"filter":{"meter":"n"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"only":"all"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    public async Task A_resend_that_is_not_valid_is_refused(string body, HttpStatusCode expected)
    {
        using var sender = await _world.LoginAsync("sender");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{OutcomeWorld.Send}/resend", UriKind.Relative));
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await sender.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static int Count(JsonElement page) => page.GetProperty("items").GetArrayLength();
}
