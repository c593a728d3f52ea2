using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>A report that was committed as claimed by this process, with all that must be told of it.</summary>
/// <param name="Claim">Its row of the outbox.</param>
/// <param name="Report">Its row of the books, without the body.</param>
/// <param name="News">The rows of its items that are news.</param>
/// <param name="Size">About how many bytes of memory it takes.</param>
/// <param name="Since">Timestamp of a moment before its lease began.</param>
internal sealed record ClaimedReport(OutboxRow Claim, ReportRow Report, IReadOnlyList<ItemRow> News, int Size, long Since);
