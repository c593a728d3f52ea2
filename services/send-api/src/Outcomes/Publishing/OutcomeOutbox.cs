using System.Data.Common;
using System.Text.Json;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>What must still be told of messages; one row for each, written in the transaction of what it tells.</summary>
internal sealed class OutcomeOutbox(Database database)
{
    public const string Table = "send_outbox";
    public const string OutcomeKind = "outcome";
    public const string AgeKind = "age";

    public Outbox Rows { get; } = new(database, Table);

    public void Add(DbTransaction transaction, IEnumerable<ToldOutcome> outcomes) => Rows.Add(
        transaction,
        [.. outcomes.Select(
            told => new OutboxEntry(OutcomeKind, JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.ToldOutcome)))]);

    public void Add(DbTransaction transaction, IEnumerable<ToldAge> ages) => Rows.Add(
        transaction,
        [.. ages.Select(told => new OutboxEntry(AgeKind, JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.ToldAge)))]);
}
