using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>The two queues of this service that are emptied on a wake-up.</summary>
internal sealed class PublishingDrains(Database database, TimeProvider timeProvider) : IDisposable
{
    public Drain Publishing { get; } = new(
        database, new DrainOptions(ErrorReportSchema.Drains, ErrorReportSchema.PublishingDrain), timeProvider);

    public Drain Archiving { get; } = new(
        database, new DrainOptions(ErrorReportSchema.Drains, ErrorReportSchema.ArchivingDrain), timeProvider);

    public void Dispose()
    {
        Publishing.Dispose();
        Archiving.Dispose();
    }
}
