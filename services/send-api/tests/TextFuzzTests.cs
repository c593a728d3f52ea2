using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.Testing.Fuzzing;

namespace EnergyLoad.SendApi.Tests;

/// <summary>Timestamps and URNs, made and spoiled at random.</summary>
public sealed partial class TextFuzzTests
{
    private const int Rounds = 100_000;
    private static readonly byte[][] Words = [.. new[] { "-", ":", "T", "t", "Z", "z", "+", ".", " ", "0", "00", "99", "é", "\0", "urn:", "_", "/" }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Every_instant_is_read_as_what_it_was_written_from()
    {
        var random = new Random(11);
        for (var n = 0; n < Rounds; n++)
        {
            var offset = TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1));
            var instant = new DateTimeOffset(
                random.NextInt64(TimeSpan.TicksPerDay * 2, DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * 2)), offset);
            var format = new[] { "yyyy-MM-ddTHH:mm:ss.fffffffzzz", "yyyy-MM-ddtHH:mm:ss.fffzzz", "yyyy-MM-ddTHH:mm:sszzz" }[n % 3];
            var written = instant.ToString(format.Replace("t", "'t'", StringComparison.Ordinal), CultureInfo.InvariantCulture);

            Assert.True(Instant.TryParse(Encoding.ASCII.GetBytes(written), out var ticks), written);

            Assert.Equal(DateTimeOffset.ParseExact(written, format.Replace("t", "'t'", StringComparison.Ordinal), CultureInfo.InvariantCulture).UtcTicks, ticks);
        }
    }

    [Fact]
    public void A_spoiled_timestamp_is_refused_or_still_a_timestamp()
    {
        var mutator = new Mutator(12, Words);
        var valid = 0;
        for (var n = 0; n < Rounds; n++)
        {
            var text = mutator.Mutate(n % 2 == 0 ? "2022-10-30T01:00:00.25+02:00"u8 : "2024-02-29T23:59:59Z"u8);
            if (!Instant.TryParse(text, out var ticks))
            {
                continue;
            }

            valid++;
            var written = Encoding.ASCII.GetString(text);
            Assert.Matches(Rfc3339(), written);
            if (DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) && !ManyDigits().IsMatch(written))
            {
                Assert.Equal(known.UtcTicks, ticks);
            }
        }

        Assert.True(valid > Rounds / 100);
    }

    [Fact]
    public void A_urn_is_taken_if_and_only_if_it_has_the_documented_form()
    {
        var mutator = new Mutator(13, Words);
        for (var n = 0; n < Rounds; n++)
        {
            var type = Encoding.UTF8.GetString(mutator.Mutate("urn:esight:assets:edm:lu:gas-heating"u8));
            var refused = GatewayUrns.ReadType(type, out var market, out var feed);
            if (type.All(char.IsAscii))
            {
                Assert.Equal(TypeUrn().IsMatch(type), refused is null);
            }

            Assert.True(refused is not null || type == $"urn:esight:assets:edm:{market}:{feed}");

            var meter = Encoding.UTF8.GetString(mutator.Mutate("urn:esight:edm:VPC:LU_VPC_Elec_4"u8));
            Assert.True(GatewayUrns.ReadMeter(meter, out var site, out var code) is not null || meter.EndsWith($":{site}:{code}", StringComparison.Ordinal)
                || meter == $"{site}:{code}");
        }
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Rfc3339();

    // Past 100 ns the library rounds, and we drop.
    [GeneratedRegex(@"\.\d{8}")]
    private static partial Regex ManyDigits();

    [GeneratedRegex(@"^urn:esight:assets:edm:[A-Za-z0-9_]+:[A-Za-z0-9_]+(-[A-Za-z0-9_]+)?\z")]
    private static partial Regex TypeUrn();
}
