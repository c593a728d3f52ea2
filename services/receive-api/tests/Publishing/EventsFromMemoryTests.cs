using System.Text;
using System.Text.Json;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class EventsFromMemoryTests : IClassFixture<BooksFixture>
{
    // Ticks that a DATETIME(6) does not hold.
    private static readonly DateTimeOffset Received = new DateTimeOffset(2024, 10, 27, 3, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567);
    private readonly BooksFixture _books;
    private readonly Outboxes _outboxes;
    private readonly ErrorReportStore _store;
    private readonly ReportEvents _events;
    private readonly string _id = Reports.NewId();

    public EventsFromMemoryTests(BooksFixture books)
    {
        _books = books;
        _outboxes = new Outboxes(books.Database, TimeProvider.System);
        _store = new ErrorReportStore(books.Database, _outboxes, new FixedTime(Received.AddTicks(7_654_321)));
        _events = new ReportEvents(books.Database, Options.Create(new PublishingOptions { ArchiveBucket = "archive" }));
        _outboxes.ShortWay.Open();
    }

    public static TheoryData<string> Odd => new(
        """ "errors":[{"errorCode":"E1","errorMessage":"","datapointKey":"kwh","value":-0.10e+5,"tsIso8601":"2022-10-01T00:00:00Z"},{}] """,
        """ "errors":[] """,
        """ "errors":[{"errorCode":"a\u0000'\\\" \u4e2d\ud83d\udca1<b>","more":[1]},7,"text",null,[{"a":1}],{"errorCode":{"a":1},"value":"12"}] """,
        $$""" "errors":[{"errorMessage":"{{new string('ä', 3000)}}","value":{{new string('9', 2000)}} },{"errorCode":"E1"},{"errorCode":"E1"}] """);

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_report_is_told_from_memory_byte_for_byte_as_it_is_told_from_the_books(string errors)
    {
        var first = Report($$"""{"_id":"{{_id}}","header":{"messageId":"electricity_lu_1_{{Guid.CreateVersion7()}}"},{{errors}}}""");
        var second = Report($$"""{"_id":"{{_id}}2","header":{"messageId":{"a":"ü"},"received_tsIso8601":"now"},{{errors}}}""");

        await AssertSameAsync(await WriteNewAsync(first));
        await AssertSameAsync(await SaveAsync(second));
    }

    [Fact]
    public async Task A_revision_is_told_from_memory_as_from_the_books_with_its_news_and_nothing_else()
    {
        await SaveAsync(Report(Reports.With(_id, "electricity_lu_1", Reports.Item("E1"), Reports.Item("E2"))));
        var revision = await SaveAsync(
            Report(Reports.With(_id, "electricity_lu_1", Reports.Item("E2"), Reports.Item("E3"), Reports.Item("E3"))));

        Assert.Equal(2, await AssertSameAsync(revision));
    }

    private async Task<int> AssertSameAsync(ClaimedReport claimed)
    {
        var fromMemory = _events.Of(claimed.Report, claimed.News).Select(Bytes).ToList();
        var fromBooks = await _events.OfAsync([claimed.Claim.Payload], CancellationToken.None).Select(Bytes).ToListAsync();

        Assert.NotEmpty(fromMemory);
        Assert.Equal(fromBooks, fromMemory);
        return fromMemory.Count;
    }

    private async Task<ClaimedReport> SaveAsync(ReceivedReport report) =>
        ClaimedOf(Assert.Single(await _store.SaveAsync([report], CancellationToken.None)));

    private async Task<ClaimedReport> WriteNewAsync(ReceivedReport report) => ClaimedOf(Assert.Single(
        await _books.Database.InTransactionAsync(
            (transaction, token) => _store.WriteNewAsync(transaction, [report], token), CancellationToken.None)));

    private static ClaimedReport ClaimedOf(SaveOutcome outcome) => Assert.IsType<SaveOutcome.Kept>(outcome).Claimed!;

    private static ReceivedReport Report(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return new ReceivedReport(
            Assert.IsType<ReadOutcome.Read>(ErrorReportReader.Read(body)).Report, body, Received,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private static string Bytes(ErrorReportEvent told) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.ErrorReportEvent));

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
