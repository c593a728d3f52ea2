using System.Globalization;
using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>
/// Makes messages: many meters, so that their order does not serialise them, and a few chains of corrections of one period.
/// </summary>
internal sealed class MessageMaker(string prefix)
{
    /// <summary>Readings of every message.</summary>
    public const int Readings = 3;

    private const int Chains = 8;
    private const int BadEvery = 60;
    private const int UnknownEvery = 400;
    private static readonly DateTime Epoch = new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static int _next;
    private int _chained;

    /// <summary>A message of a period that no other has.</summary>
    public Push Next()
    {
        var n = Interlocked.Increment(ref _next);
        var (name, meter) = (n % UnknownEvery, n % BadEvery) switch
        {
            (0, _) => ("unknown_", FaultWorld.UnknownMeter),
            (_, 0) => ("bad_", FaultWorld.Meter(n)),
            _ => ("", FaultWorld.Meter(n)),
        };
        return Make($"{prefix}{name}{n}", meter, Epoch.AddMinutes(n * 10), n, null);
    }

    /// <summary>The next correction of one of the chains; push it when the one before is accepted.</summary>
    public Push NextOfChain()
    {
        var n = _chained++;
        var chain = n % Chains;
        return Make($"{prefix}chain{chain}_{n / Chains}", FaultWorld.ChainMeter(chain), Epoch, n, chain);
    }

    public static string Instant(DateTime first, int reading) =>
        first.AddMinutes(reading).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static Push Make(string messageId, string meter, DateTime first, int value, int? chain)
    {
        var readings = Enumerable.Range(0, Readings).Select(reading => $$"""{"datapointKey":"kwh","value":{{value}}.{{reading}}0,"tsIso8601":"{{Instant(first, reading)}}"}""");
        return new Push(messageId, $$$"""
            {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:{{{FaultWorld.Site}}}:{{{meter}}}","messageId":"{{{messageId}}}"},"gatewayData":{"datapointValues":[{{{string.Join(',', readings)}}}]}}
            """, chain);
    }
}
