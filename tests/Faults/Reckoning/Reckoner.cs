using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Faults.Tests.Scenarios;
using EnergyLoad.Faults.Tests.Traffic;
using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>Lays the clients' lists, the services' tables and e-Sight's books side by side.</summary>
internal sealed class Reckoner(FaultWorld world, TrafficRun traffic, Injection injection)
{
    private static readonly string[] States = ["pending", "parked", "delivered", "rejected", "dead", "cancelled"];
    private readonly List<string> _lost = [];
    private readonly List<string> _broken = [];

    public async Task<Verdict> ReckonAsync()
    {
        var books = new ServiceBooks(world, traffic);
        var rows = await books.MessagesAsync();
        var posts = (await world.ESight.ReadAsync(traffic.Prefix)).ToLookup(line => line.MessageId, StringComparer.Ordinal);

        FindLostMessages(rows);
        await FindLostReportsAsync(books);
        var (duplicates, afterSilence, unrecorded) = (0, 0, 0);
        foreach (var row in rows)
        {
            var seen = posts[$"{row.MessageKey}_{row.SendId}"].ToList();
            CompareWithESight(row, seen);
            var again = Math.Max(0, seen.Count(IsTaken) - 1);
            duplicates += again;
            afterSilence += Math.Min(again, row.Unknown);
            unrecorded += Math.Max(0, seen.Count(IsJudged) - (row.Attempts - row.Unreached));
        }

        FindOvertaking(posts);
        if (unrecorded > injection.MayStayUnrecorded || duplicates - afterSilence > unrecorded)
        {
            _broken.Add(
                $"{duplicates} duplicates, {afterSilence} of them after silence, {unrecorded} unrecorded; "
                + $"at most {injection.MayStayUnrecorded} may be unrecorded");
        }

        _broken.AddRange(traffic.Books.Wrong.Distinct().Take(5));
        _broken.AddRange(traffic.Books.Unanswered.Take(5).Select(id => $"{id} got no answer after everything was well again"));
        return new Verdict
        {
            Accepted = traffic.Books.Accepted,
            States = rows.GroupBy(row => States[row.State]).ToDictionary(group => group.Key, group => group.Count()),
            Reports = traffic.Books.Reports.Count,
            Duplicates = duplicates,
            AfterSilence = afterSilence,
            Unrecorded = unrecorded,
            Lost = _lost,
            Broken = _broken,
        };
    }

    // What was read and then cut off, e-Sight may have taken.
    private static bool IsTaken(BookLine line) => line.Status is 200 or 0;

    // A login that is refused is tried again with a newer one in the same attempt.
    private static bool IsJudged(BookLine line) => line.Status != 401;

    /// <summary>Every 202 is a row, under the id that the sender was told.</summary>
    private void FindLostMessages(List<MessageRow> rows)
    {
        var byKey = rows.ToDictionary(row => row.MessageKey, StringComparer.Ordinal);
        foreach (var (messageId, sent) in traffic.Books.Messages)
        {
            if (!byKey.TryGetValue(messageId, out var row) || row.SendId != sent.SendId)
            {
                _lost.Add($"{messageId} was accepted as {sent.SendId} and is {(row is null ? "nowhere" : row.SendId)}");
            }
        }
    }

    /// <summary>Every 201 is kept, published and archived, and its event has reached the message.</summary>
    private async Task FindLostReportsAsync(ServiceBooks books)
    {
        var (kept, marked) = (await books.KeptAsync(), await books.MarkedAsync());
        _lost.AddRange(traffic.Books.Reports.Where(report => !kept.Contains(report.EsightId)).Select(report => $"report {report.EsightId} is not kept, or not told"));
        _lost.AddRange(traffic.Books.Reports.Where(report => !marked.Contains(report.EsightId)).Select(report => $"report {report.EsightId} has marked no message"));
    }

    /// <summary>What is delivered here is in e-Sight's books, in the sender's bytes; what is rejected, e-Sight refused.</summary>
    private void CompareWithESight(MessageRow row, List<BookLine> seen)
    {
        if (row.IsDelivered && !row.IsKnownByReport && !seen.Exists(line => line.Status == 200))
        {
            _lost.Add($"{row.MessageKey} is delivered here and not with e-Sight");
        }

        if (row.IsRejected && !row.IsKnownByReport && !seen.Exists(line => line.Status == 422))
        {
            _broken.Add($"{row.MessageKey} is rejected here and not by e-Sight");
        }

        if (traffic.Books.Messages.TryGetValue(row.MessageKey, out var sent) && seen.Exists(line => line.Sha256 != HashOf(sent)))
        {
            _broken.Add($"{row.MessageKey} reached e-Sight in other bytes");
        }
    }

    private static string HashOf(SentMessage sent)
    {
        var id = sent.Push.MessageId;
        var body = sent.Push.Body.Replace($"\"{id}\"", $"\"{id}_{sent.SendId}\"", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
    }

    /// <summary>A correction that e-Sight has seen is never followed by what it corrects.</summary>
    private void FindOvertaking(ILookup<string, BookLine> posts)
    {
        var corrections = traffic.Books.Messages.Values.Where(sent => sent.Push.Chain is not null).GroupBy(sent => sent.Push.Chain);
        foreach (var chain in corrections)
        {
            var arrivals = chain
                .SelectMany(sent => posts[$"{sent.Push.MessageId}_{sent.SendId}"].Where(IsTaken).Select(line => (Sent: sent, line.ReceivedAt)))
                .OrderBy(arrival => arrival.ReceivedAt).Select(arrival => arrival.Sent).ToList();
            _broken.AddRange(arrivals.Zip(arrivals.Skip(1)).Where(pair => pair.Second.Order < pair.First.Order)
                .Select(pair => $"{pair.Second.Push.MessageId} reached e-Sight after {pair.First.Push.MessageId}, which corrects it"));
        }
    }
}
