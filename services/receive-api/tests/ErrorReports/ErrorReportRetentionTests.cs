using System.Text;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class ErrorReportRetentionTests(BooksFixture books) : IClassFixture<BooksFixture>
{
    private const int KeepDays = 30;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Deletes_old_reports_that_were_told_and_archived_and_no_others()
    {
        var old = await KeepAsync(Now.AddDays(-KeepDays - 1), "published_at = UTC_TIMESTAMP(6), archived_at = UTC_TIMESTAMP(6)");
        var untold = await KeepAsync(Now.AddDays(-KeepDays - 1), "archived_at = UTC_TIMESTAMP(6)");
        var unarchived = await KeepAsync(Now.AddDays(-KeepDays - 1), "published_at = UTC_TIMESTAMP(6)");
        var young = await KeepAsync(Now.AddDays(-KeepDays + 1), "published_at = UTC_TIMESTAMP(6), archived_at = UTC_TIMESTAMP(6)");

        var deleted = await new ErrorReportRetention(
            books.Database, Options.Create(new ErrorReportOptions { KeepDays = KeepDays }), TimeProvider.System)
            .RunAsync(CancellationToken.None);

        var queries = new ErrorReportQueries(books.Database);
        Assert.Equal(1, deleted);
        Assert.Null(await queries.FindAsync(old, CancellationToken.None));
        foreach (var id in new[] { untold, unarchived, young })
        {
            Assert.NotNull(await queries.FindAsync(id, CancellationToken.None));
        }
    }

    private async Task<Guid> KeepAsync(DateTimeOffset receivedAt, string state)
    {
        var body = Encoding.UTF8.GetBytes(Reports.With(Reports.NewId(), "electricity_lu_1", Reports.Item("E1")));
        var report = new ReceivedReport(Assert.IsType<ReadOutcome.Read>(ErrorReportReader.Read(body)).Report, body, receivedAt, null);
        await new ErrorReportStore(books.Database, new Outboxes(books.Database, TimeProvider.System), TimeProvider.System).SaveAsync(
            [report], CancellationToken.None);
        await books.Database.ExecuteAsync(
            $"UPDATE error_reports SET {state} WHERE id = @id", new { id = report.Id.ToByteArray(bigEndian: true) }, CancellationToken.None);
        return report.Id;
    }
}
