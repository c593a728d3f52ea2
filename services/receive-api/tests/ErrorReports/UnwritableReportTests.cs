using System.Data.Common;
using System.Text;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class UnwritableReportTests : IAsyncLifetime
{
    private const int Count = 60;
    private const int Unwritable = 23;
    private readonly ReceiveWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Of_reports_that_share_a_commit_the_one_that_cannot_be_written_fails_alone()
    {
        await _world.Database.ExecuteAsync(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON error_items FOR EACH ROW
            BEGIN
              IF NEW.error_code = 'unwritable' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused by the test'; END IF;
            END
            """,
            null, CancellationToken.None);
        var intake = _world.Services.GetRequiredService<ErrorReportIntake>();

        // Submitted faster than the first commit ends, so that what follows it waits together.
        var kept = Enumerable.Range(0, Count).Select(n => intake.KeepAsync(Report(n))).ToList();

        for (var n = 0; n < Count; n++)
        {
            if (n == Unwritable)
            {
                await Assert.ThrowsAnyAsync<DbException>(() => kept[n]);
            }
            else
            {
                Assert.IsType<SaveOutcome.Kept>(await kept[n]);
            }
        }

        var rows = await _world.Database.QueryAsync<long>("SELECT COUNT(*) FROM error_reports", null, CancellationToken.None);
        Assert.Equal(Count - 1, rows.Single());
    }

    private static ReceivedReport Report(int n)
    {
        var item = Reports.Item(n == Unwritable ? "unwritable" : "E1");
        var body = Encoding.UTF8.GetBytes(Reports.With($"r-{n}", Reports.MessageId(Guid.CreateVersion7()), item));
        return new ReceivedReport(Assert.IsType<ReadOutcome.Read>(ErrorReportReader.Read(body)).Report, body, DateTimeOffset.UtcNow, null);
    }
}
