using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.ESight;

public sealed class ESightErrorReportTests : IAsyncLifetime
{
    private readonly ESightWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_negative_reading_is_reported_by_itself()
    {
        (await _world.PostAsync(ESightWorld.Message("electricity_lu_n1", "1", "-2.50"))).EnsureSuccessStatusCode();

        var report = JsonElement.Parse(await ReportAsync(0));

        Assert.Equal("electricity_lu_n1", report.GetProperty("header").GetProperty("messageId").GetString());
        var item = Assert.Single(report.GetProperty("errors").EnumerateArray().ToList());
        Assert.Equal("-2.50", item.GetProperty("value").GetRawText());
        Assert.Equal("2022-10-01T01:00:00+02:00", item.GetProperty("tsIso8601").GetString());
        Assert.Equal("NegativeValue", item.GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task A_message_that_was_refused_is_not_reported()
    {
        await _world.BehaveAsync(new { status = 503, times = 1 });
        await _world.PostAsync(ESightWorld.Message("electricity_lu_n2", "-1"));
        (await _world.PostAsync(ESightWorld.Message("electricity_lu_n3", "-1"))).EnsureSuccessStatusCode();

        Assert.Contains("electricity_lu_n3", await ReportAsync(0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("beforeAnswer")]
    [InlineData("midAnswer")]
    public async Task A_message_whose_answer_was_cut_off_is_reported(string drop)
    {
        await _world.BehaveAsync(new { drop, times = 1 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _world.PostAsync(ESightWorld.Message("electricity_lu_n4", "-1")));

        Assert.Contains("electricity_lu_n4", await ReportAsync(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_waits_for_a_gateway_that_is_away_and_survives_a_restart()
    {
        foreach (var status in Enumerable.Repeat(503, 6))
        {
            _world.Gateway.Refusals.Enqueue(status);
        }

        (await _world.PostAsync(ESightWorld.Message("electricity_lu_n5", "-1"))).EnsureSuccessStatusCode();
        await Poll.UntilAsync(() => _world.Gateway.Refused > 0);
        await _world.RestartAsync();

        Assert.Contains("electricity_lu_n5", await ReportAsync(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_login_serves_many_reports_until_the_token_is_refused()
    {
        var first = await ReportNowAsync(new { messageId = "electricity_lu_a", errors = new[] { new { errorCode = "E1" } } });
        await ReportNowAsync(new { messageId = "electricity_lu_b", errors = new[] { new { errorCode = "E1" } } });
        Assert.Equal(1, _world.Gateway.Logins);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        _world.Gateway.Refusals.Enqueue(401);
        var third = await ReportNowAsync(new { messageId = "electricity_lu_c", errors = new[] { new { errorCode = "E1" } } });

        Assert.Equal(HttpStatusCode.Created, third.StatusCode);
        Assert.Equal("""{"id":"kept"}""", await third.Content.ReadAsStringAsync());
        Assert.Equal(2, _world.Gateway.Logins);
    }

    [Fact]
    public async Task A_repeated_report_is_the_same_bytes()
    {
        (await _world.PostAsync(ESightWorld.Message("electricity_lu_same", "1"))).EnsureSuccessStatusCode();
        var wanted = new { messageId = "electricity_lu_same", errors = new[] { new { errorCode = "E1", errorMessage = "ungültig" } } };
        await ReportNowAsync(wanted);
        await _world.RestartAsync();
        await ReportNowAsync(wanted);

        Assert.Equal(await ReportAsync(0), await ReportAsync(1));
    }

    [Fact]
    public async Task A_report_carries_the_id_that_was_asked_for()
    {
        await ReportNowAsync(new { messageId = "electricity_lu_id", errors = Array.Empty<object>(), _id = "5f1" });

        Assert.Equal("5f1", JsonElement.Parse(await ReportAsync(0)).GetProperty("_id").GetString());
    }

    [Fact]
    public async Task The_gateway_s_refusal_is_handed_back()
    {
        _world.Gateway.Refusals.Enqueue(400);

        var answer = await ReportNowAsync(new { messageId = "electricity_lu_bad", errors = Array.Empty<object>() });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<HttpResponseMessage> ReportNowAsync(object wanted) => _world.Http.PostAsJsonAsync("/control/error-report", wanted);

    private async Task<string> ReportAsync(int index)
    {
        await Poll.UntilAsync(() => _world.Gateway.Reports.Count > index);
        return _world.Gateway.Reports.ElementAt(index);
    }
}
