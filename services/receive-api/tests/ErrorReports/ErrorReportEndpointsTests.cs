using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class ErrorReportEndpointsTests(ReceiveWorld world) : IClassFixture<ReceiveWorld>
{
    private readonly string _id = Reports.NewId();
    private readonly Guid _sendId = Guid.CreateVersion7();

    [Fact]
    public async Task A_report_is_kept_and_answered_with_its_place()
    {
        var before = world.Logs.Warnings.ToList();

        using var answer = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"), Reports.Item("E2")));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await ReceiveWorld.JsonAsync(answer);
        Assert.Equal($"{ReceiveWorld.Path}/{body.GetProperty("reportId").GetGuid()}", answer.Headers.Location!.ToString());
        Assert.Equal(_id, body.GetProperty("esightId").GetString());
        Assert.Equal(Reports.MessageId(_sendId), body.GetProperty("messageId").GetString());
        Assert.Equal(_sendId, body.GetProperty("sendId").GetGuid());
        Assert.Equal(2, body.GetProperty("errors").GetInt32());
        Assert.False(body.GetProperty("duplicate").GetBoolean());
        Assert.Equal(before, world.Logs.Warnings);
    }

    [Fact]
    public async Task The_same_bytes_again_are_answered_with_200_and_the_first_report()
    {
        var body = Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"));
        using var first = await world.PostAsync(body);
        using var again = await world.PostAsync(body);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var answer = await ReceiveWorld.JsonAsync(again);
        Assert.True(answer.GetProperty("duplicate").GetBoolean());
        Assert.Equal((await ReceiveWorld.JsonAsync(first)).GetProperty("reportId").GetGuid(), answer.GetProperty("reportId").GetGuid());
    }

    [Fact]
    public async Task Other_bytes_under_one_id_are_a_revision_and_told_so()
    {
        using var first = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));
        using var second = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"), Reports.Item("E2")));

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        var answer = await ReceiveWorld.JsonAsync(second);
        Assert.Equal(
            (2, 2, 1),
            (answer.GetProperty("revision").GetInt32(), answer.GetProperty("errors").GetInt32(), answer.GetProperty("events").GetInt32()));
    }

    [Theory]
    [InlineData("", "EmptyJson")]
    [InlineData("{}", "EmptyJson")]
    [InlineData("{", "InvalidJsonReceived")]
    [InlineData("""{"_id":"a","header":{}}""", "InvalidJsonReceived")]
    public async Task A_body_that_is_no_report_is_refused_with_the_code_that_callers_know(string body, string code)
    {
        using var answer = await world.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await ReceiveWorld.JsonAsync(answer);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"/reasons#{code}", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Too_many_items_are_422()
    {
        var items = Enumerable.Repeat("{}", ErrorReportLimits.Items + 1).ToArray();

        using var answer = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), items));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    public async Task A_body_over_8_MiB_is_413(int more)
    {
        var start = Encoding.UTF8.GetBytes(Reports.With(_id, Reports.MessageId(_sendId)));
        var body = new byte[ErrorReportLimits.BodyBytes + more + (more > 0 ? 0 : 1)];
        body.AsSpan().Fill((byte)' ');
        start.CopyTo(body, 0);

        using var answer = await world.PostAsync(body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_of_exactly_8_MiB_is_kept()
    {
        var start = Encoding.UTF8.GetBytes(Reports.With(_id, Reports.MessageId(_sendId)));
        var body = new byte[ErrorReportLimits.BodyBytes];
        body.AsSpan().Fill((byte)' ');
        start.CopyTo(body, 0);

        using var answer = await world.PostAsync(body);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_415(string contentType)
    {
        using var answer = await world.PostAsync("{}"u8.ToArray(), contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Json_with_a_charset_is_taken()
    {
        using var answer = await world.PostAsync(
            Encoding.UTF8.GetBytes(Reports.With(_id, Reports.MessageId(_sendId))), "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_method_that_is_not_declared_is_405_with_Allow()
    {
        using var answer = await world.SendAsync(HttpMethod.Delete, ReceiveWorld.Path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Untrusted_text_comes_back_encoded_as_JSON_that_no_browser_sniffs()
    {
        var messageId = "<script>alert(1)</script>";

        using var answer = await world.PostAsync(Reports.With(_id, messageId, Reports.Item("<img src=x>")));

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain("<", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Logs.Lines, line => line.Text.Contains("alert(1)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kept_report_can_be_read_with_all_that_it_says()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"), "17", """{"value":1e400,"more":1}"""));

        var report = await world.GetAsync(posted.Headers.Location!.ToString());

        Assert.Equal(
            (_id, 1, "electricity", "lu"),
            (Text(report, "esightId"), report.GetProperty("revision").GetInt32(), Text(report, "feed"), Text(report, "market")));
        Assert.Equal("2022-10-01T00:05:00Z", Text(report, "receivedTsIso8601"));
        var errors = report.GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal(["-12.50", "17", "1e400"], errors.Select(error => Text(error, "value")));
        Assert.Contains("NotAnObject", errors[1].GetProperty("marks").EnumerateArray().Select(mark => mark.GetString()));
        Assert.Contains("UnknownMember", errors[2].GetProperty("marks").EnumerateArray().Select(mark => mark.GetString()));
        Assert.Single(report.GetProperty("revisions").EnumerateArray());
    }

    [Fact]
    public async Task A_report_that_does_not_exist_is_404()
    {
        using var answer = await world.SendAsync(HttpMethod.Get, $"{ReceiveWorld.Path}/{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("NotFound", (await ReceiveWorld.JsonAsync(answer)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("sendId={0}")]
    [InlineData("messageId=electricity_lu_20221001_000123_{0}")]
    [InlineData("sendId={0}&market=lu&feed=electricity&errorCode=E1&from=2022-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")]
    public async Task A_report_is_found_by_what_it_holds(string query)
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));

        var page = await world.GetAsync($"{ReceiveWorld.Path}?{string.Format(query, _sendId)}");

        Assert.Equal(_id, Text(Assert.Single(page.GetProperty("items").EnumerateArray()), "esightId"));
    }

    [Theory]
    [InlineData("messageId=feed{0}_mk{0}_20221001_{1}")]
    [InlineData("sendId={1}")]
    [InlineData("market=mk{0}")]
    [InlineData("feed=feed{0}")]
    [InlineData("errorCode=E{0}")]
    [InlineData("from={2}")]
    public async Task Each_condition_by_itself_finds_the_report_that_holds_it_and_not_another(string query)
    {
        var own = _id[..8];
        using var other = await world.PostAsync(Reports.With(_id + "x", Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1")));
        using var posted = await world.PostAsync(Reports.With(_id, $"feed{own}_mk{own}_20221001_{_sendId}", Reports.Item($"E{own}")));
        var receivedAt = Text(await world.GetAsync(posted.Headers.Location!.ToString()), "receivedAt");

        var page = await world.GetAsync(
            $"{ReceiveWorld.Path}?limit=500&{string.Format(query, own, _sendId, Uri.EscapeDataString(receivedAt!))}");

        var found = page.GetProperty("items").EnumerateArray().Select(report => Text(report, "esightId")).ToList();
        Assert.Contains(_id, found);
        Assert.DoesNotContain(_id + "x", found);
    }

    [Fact]
    public async Task A_report_is_not_found_after_its_period()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));
        var receivedAt = Text(await world.GetAsync(posted.Headers.Location!.ToString()), "receivedAt");

        var until = await world.GetAsync($"{ReceiveWorld.Path}?sendId={_sendId}&to={Uri.EscapeDataString(receivedAt!)}");
        var from = await world.GetAsync($"{ReceiveWorld.Path}?sendId={_sendId}&from={Uri.EscapeDataString(receivedAt!)}");

        Assert.Empty(until.GetProperty("items").EnumerateArray());
        Assert.Single(from.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_report_is_found_by_the_message_id_as_its_sender_knows_it()
    {
        var sent = $"electricity_lu_{_id}";
        using var posted = await world.PostAsync(Reports.With(_id, $"{sent}_{_sendId}", Reports.Item("E1")));
        using var longer = await world.PostAsync(Reports.With(_id + "x", $"{sent}_1_{_sendId}", Reports.Item("E1")));

        var page = await world.GetAsync($"{ReceiveWorld.Path}?messageId={sent}");

        Assert.Equal(_id, Text(Assert.Single(page.GetProperty("items").EnumerateArray()), "esightId"));
    }

    [Theory]
    [InlineData("market=xx")]
    [InlineData("feed=xx")]
    [InlineData("errorCode=xx")]
    [InlineData("to=2020-01-01T00:00:00Z")]
    [InlineData("from=2100-01-01T00:00:00Z")]
    public async Task A_report_is_not_found_by_what_it_does_not_hold(string query)
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));

        var page = await world.GetAsync($"{ReceiveWorld.Path}?sendId={_sendId}&{query}");

        Assert.Empty(page.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Pages_follow_each_other_newest_first_without_gap_or_repetition()
    {
        var market = _id[..8];
        for (var n = 0; n < 5; n++)
        {
            using var posted = await world.PostAsync(Reports.With($"{_id}{n}", $"electricity_{market}_x_{_sendId}"));
        }

        var seen = new List<string?>();
        var cursor = "";
        do
        {
            var page = await world.GetAsync($"{ReceiveWorld.Path}?market={market}&limit=2{cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => Text(item, "esightId")));
            cursor = page.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? $"&cursor={next.GetString()}" : null;
        }
        while (cursor is not null);

        Assert.Equal([$"{_id}4", $"{_id}3", $"{_id}2", $"{_id}1", $"{_id}0"], seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=-1")]
    [InlineData("sendId=x")]
    [InlineData("from=yesterday")]
    [InlineData("cursor=!")]
    [InlineData("cursor=AAAA")]
    public async Task A_search_that_cannot_be_read_is_422(string query)
    {
        using var answer = await world.SendAsync(HttpMethod.Get, $"{ReceiveWorld.Path}?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
