using System.Text;
using Dapper;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class ErrorReportStoreTests(BooksFixture books) : IClassFixture<BooksFixture>
{
    private readonly ErrorReportStore _store = new(books.Database, new Outboxes(books.Database, TimeProvider.System), TimeProvider.System);
    private readonly ErrorReportQueries _queries = new(books.Database);
    private readonly string _id = Guid.NewGuid().ToString("n");

    [Fact]
    public async Task Keeps_the_bytes_the_items_and_what_must_be_told()
    {
        var report = Report(_id, Item("E1"), Item("E2"));

        var kept = Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(report)));

        Assert.Equal((report.Id, 1, 2), (kept.ReportId, kept.Revision, kept.Events));
        Assert.Equal(report.Body, await ScalarAsync<byte[]>("SELECT body FROM error_reports WHERE id = @id", report));
        Assert.Equal(2, await ScalarAsync<long>("SELECT COUNT(*) FROM error_items WHERE report_id = @id", report));
        Assert.Equal(1, await ScalarAsync<long>("SELECT COUNT(*) FROM receive_outbox WHERE payload = @id", report));
        Assert.Equal(1, await ScalarAsync<long>("SELECT COUNT(*) FROM receive_archive_outbox WHERE payload = @id", report));
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once()
    {
        var first = Report(_id, Item("E1"));
        var again = Report(_id, Item("E1"));
        await SaveAsync(first);

        var outcome = Assert.IsType<SaveOutcome.Repeated>(Assert.Single(await SaveAsync(again)));

        Assert.Equal(first.Id, outcome.ReportId);
        Assert.Equal(0, await ScalarAsync<long>("SELECT COUNT(*) FROM receive_outbox WHERE payload = @id", again));
        Assert.Equal(0, await ScalarAsync<long>("SELECT COUNT(*) FROM error_items WHERE report_id = @id", again));
    }

    [Fact]
    public async Task Other_bytes_are_a_revision_that_tells_only_what_is_new()
    {
        await SaveAsync(Report(_id, Item("E1"), Item("E2")));
        var second = Report(_id, Item("E2"), Item("E3"), Item("E3"));

        var kept = Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(second)));

        Assert.Equal((2, 2), (kept.Revision, kept.Events));
        var view = await _queries.FindAsync(second.Id, CancellationToken.None);
        Assert.Equal([("E2", false), ("E3", true), ("E3", true)], view!.Errors!.Select(item => (item.ErrorCode, item.IsNews)));
        Assert.Equal([1, 2], view.Revisions!.Select(revision => revision.Revision));
    }

    [Fact]
    public async Task A_revision_that_says_nothing_new_tells_nothing_and_is_archived()
    {
        await SaveAsync(Report(_id, Item("E1"), Item("E2")));
        var second = Report(_id, Item("E2"));

        var kept = Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(second)));

        Assert.Equal(0, kept.Events);
        Assert.Equal(0, await ScalarAsync<long>("SELECT COUNT(*) FROM receive_outbox WHERE payload = @id", second));
        Assert.Equal(1, await ScalarAsync<long>("SELECT COUNT(*) FROM receive_archive_outbox WHERE payload = @id", second));
    }

    [Fact]
    public async Task A_report_without_items_tells_that_its_message_arrived_once()
    {
        var empty = Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(Report(_id))));
        var reworded = Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(Odd(_id, padding: "  "))));
        var other = Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(Odd(_id, messageId: "electricity_lu_other"))));

        Assert.Equal((1, 0, 1), (empty.Events, reworded.Events, other.Events));
    }

    [Fact]
    public async Task A_batch_with_one_id_many_times_keeps_each_body_once()
    {
        var batch = new[]
        {
            Report(_id, Item("E1")), Report(_id, Item("E1")), Report(_id, Item("E2")), Report(_id + "x", Item("E1")), Report(_id, Item("E2")),
            Report(_id, Item("E1"), Item("E2")),
        };

        var outcomes = await SaveAsync(batch);

        Assert.Equal([1, 1, 2, 1, 2, 3], outcomes.Select(outcome => outcome.Revision));
        Assert.Equal([true, false, true, true, false, true], outcomes.Select(outcome => outcome is SaveOutcome.Kept));
        Assert.Equal(0, Assert.IsType<SaveOutcome.Kept>(outcomes[5]).Events);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_or_in_trailing_blanks_are_different_reports()
    {
        var outcomes = await SaveAsync(
            Report(_id + "a", Item("E")), Report(_id + "A", Item("E")), Report(_id + "a ", Item("E")), Report(_id + "ä", Item("E")));

        Assert.All(outcomes, outcome => Assert.Equal(1, Assert.IsType<SaveOutcome.Kept>(outcome).Revision));
    }

    [Fact]
    public async Task Writers_that_race_for_one_id_agree_on_the_order_of_its_revisions()
    {
        var bodies = Enumerable.Range(0, 6).Select(n => Item($"E{n}")).ToList();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => Task.Run(() => SaveAsync(Report(_id, bodies[n % 6])))));

        var all = outcomes.SelectMany(one => one).ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6], all.OfType<SaveOutcome.Kept>().Select(kept => kept.Revision).Order());
        Assert.Equal(18, all.OfType<SaveOutcome.Repeated>().Count());
    }

    [Fact]
    public async Task Two_batches_with_the_same_reports_do_not_lock_each_other_out()
    {
        var ids = Enumerable.Range(0, 50).Select(n => $"{_id}{n}").ToList();

        var outcomes = await Task.WhenAll(
            Task.Run(() => SaveAsync([.. ids.Select(id => Report(id, Item("E")))])),
            Task.Run(() => SaveAsync([.. Enumerable.Reverse(ids).Select(id => Report(id, Item("E")))])));

        Assert.Equal(50, outcomes.SelectMany(one => one).OfType<SaveOutcome.Kept>().Count());
    }

    [Fact]
    public async Task Keeps_the_largest_report_with_the_worst_characters()
    {
        var padding = new string('\\', ErrorReportLimits.BodyBytes - 200);
        var report = Odd(_id, padding: "", extra: $",\"x\":\"{padding[..(padding.Length & ~1)]}\"");
        Assert.InRange(report.Body.Length, ErrorReportLimits.BodyBytes - 200, ErrorReportLimits.BodyBytes);

        await SaveAsync(report);

        Assert.Equal(report.BodyHash, await ScalarAsync<byte[]>("SELECT UNHEX(SHA2(body, 256)) FROM error_reports WHERE id = @id", report));
    }

    [Fact]
    public async Task Keeps_as_many_items_as_a_report_may_have()
    {
        var report = Report(_id, [.. Enumerable.Range(0, ErrorReportLimits.Items).Select(n => Item($"E{n}"))]);

        Assert.Equal(ErrorReportLimits.Items, Assert.IsType<SaveOutcome.Kept>(Assert.Single(await SaveAsync(report))).Events);
        Assert.Equal(
            ErrorReportLimits.Items,
            await ScalarAsync<long>("SELECT COUNT(*) FROM error_items WHERE report_id = @id AND is_news = 1", report));
    }

    [Fact]
    public async Task Texts_come_back_as_they_were_written()
    {
        var text = "\u0000'\\\"; DROP TABLE error_reports; -- \u4e2d\U0001F4A1\r\n";
        var report = Report(_id, $$"""{"errorCode":{{System.Text.Json.JsonSerializer.Serialize(text)}},"value":-0.10e+5}""");
        await SaveAsync(report);

        var item = Assert.Single((await _queries.FindAsync(report.Id, CancellationToken.None))!.Errors!);

        Assert.Equal((text, "-0.10e+5", null), (item.ErrorCode, item.Value, item.ErrorMessage));
    }

    private Task<IReadOnlyList<SaveOutcome>> SaveAsync(params ReceivedReport[] reports) =>
        _store.SaveAsync(reports, CancellationToken.None);

    private async Task<T> ScalarAsync<T>(string sql, ReceivedReport report)
    {
        await using var connection = await books.Database.OpenAsync(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql, new { id = report.Id.ToByteArray(bigEndian: true) }))!;
    }

    private static string Item(string code) => $$"""{"errorCode":"{{code}}","errorMessage":"m","datapointKey":"kwh","value":1,"tsIso8601":"t"}""";

    private static ReceivedReport Report(string id, params string[] items) => Odd(id, items: items);

    private static ReceivedReport Odd(
        string id, string messageId = "electricity_lu_1", string padding = "", string extra = "", params string[] items)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"_id":"{{id}}","header":{"messageId":"{{messageId}}"},"errors":[{{string.Join(',', items)}}]{{extra}}}{{padding}}""");
        var report = Assert.IsType<ReadOutcome.Read>(ErrorReportReader.Read(body)).Report;
        return new ReceivedReport(report, body, TimeProvider.System.GetUtcNow(), null);
    }
}
