using System.Net;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;

namespace EnergyLoad.ReceiveApi.Tests;

/// <summary>What the service that this one replaces got wrong, each held here for good.</summary>
public sealed class OriginalDefectTests : IAsyncLifetime
{
    private readonly ReceiveWorld _world = new();
    private readonly string _id = Reports.NewId();
    private readonly Guid _sendId = Guid.CreateVersion7();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_last_item_of_a_report_is_in_the_books()
    {
        using var posted = await _world.PostAsync(
            Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"), Reports.Item("E2"), Reports.Item("E3")));

        var report = await _world.GetAsync(posted.Headers.Location!.ToString());

        Assert.Equal(
            ["E1", "E2", "E3"], report.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("errorCode").GetString()));
        Assert.Equal(3, (await _world.EventsAsync(_id, 3)).Count);
    }

    [Fact]
    public async Task A_report_is_tied_to_the_message_that_it_is_about()
    {
        using var posted = await _world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));

        var (data, _) = Assert.Single(await _world.EventsAsync(_id, 1));

        Assert.Equal(_sendId, data.GetProperty("sendId").GetGuid());
    }

    [Fact]
    public async Task A_request_without_a_User_Agent_is_served()
    {
        Assert.Empty(_world.Http.DefaultRequestHeaders.UserAgent);

        using var answer = await _world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_message_id_with_more_underscores_is_filed_by_its_first_two_parts()
    {
        using var posted = await _world.PostAsync(Reports.With(_id, $"water-cold_hu_2022_10_01_a_b_{_sendId}"));

        var report = await _world.GetAsync(posted.Headers.Location!.ToString());

        Assert.Equal(("water-cold", "hu"), (report.GetProperty("feed").GetString(), report.GetProperty("market").GetString()));
    }

    [Fact]
    public async Task A_fault_tells_its_id_and_nothing_else()
    {
        await _world.Database.ExecuteAsync("RENAME TABLE error_items TO error_items_gone", null, CancellationToken.None);

        using var answer = await _world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("error_items", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.Contains(_world.Logs.Warnings, line => line.Contains("error_items", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_and_payloads_are_in_no_log()
    {
        const string canary = "canary-of-the-payload";
        using var posted = await _world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item(canary)));
        using var refused = await _world.PostAsync($"{{\"_id\":\"{canary}\",\"_id\":1}}");
        await _world.EventsAsync(_id, 1);

        Assert.DoesNotContain(
            _world.Logs.Lines,
            line => line.Text.Contains(canary, StringComparison.Ordinal) || line.Text.Contains("eyJ", StringComparison.Ordinal));
    }
}
