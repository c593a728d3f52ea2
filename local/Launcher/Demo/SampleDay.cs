using System.Globalization;
using System.Text;

namespace EnergyLoad.Local.Launcher.Demo;

/// <summary>
/// A day of half-hourly readings of the meters of one site: made up, but shaped like a working day, and the same on every machine.
/// </summary>
internal static class SampleDay
{
    public const int ReadingsPerDay = 48;
    private const string Market = "lu";
    private const string Site = "VPC";
    private static readonly DateOnly FirstDay = new(2022, 10, 1);

    public static IReadOnlyList<string> Sites { get; } = [$"LU_{Site}"];

    public static IReadOnlyList<SampleMeter> Meters { get; } =
    [
        .. Enumerable.Range(1, 14).Select(n => new SampleMeter("electricity", $"LU_{Site}_Elec_{n}", FeedsBack: n is 5 or 11)),
        .. Enumerable.Range(1, 6).Select(n => new SampleMeter("gas", $"LU_{Site}_Gas_{n}")),
    ];

    /// <summary>The messages of the n-th day, one per meter.</summary>
    public static IReadOnlyList<SampleMessage> Messages(int day) =>
        [.. Meters.Select((meter, index) => Message(meter, index, FirstDay.AddDays(day)))];

    private static SampleMessage Message(SampleMeter meter, int index, DateOnly date)
    {
        SampleReading[] readings = [.. Enumerable.Range(0, ReadingsPerDay).Select(slot => Reading(meter, index, date, slot))];
        var id = $"{meter.Feed}_{Market}_{date:yyyyMMdd}_{index + 1:D6}";
        return new SampleMessage(meter, id, Encoding.UTF8.GetBytes(Json(meter, id, readings)), readings);
    }

    private static SampleReading Reading(SampleMeter meter, int index, DateOnly date, int slot)
    {
        var time = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMinutes(30 * slot);
        var sun = Math.Max(0, Math.Sin((slot - 14) * Math.PI / 20));
        var work = slot is >= 15 and <= 36 ? 1.0 : 0.25;
        var wobble = 1 + (0.15 * Math.Sin((slot * 1.7) + index + date.DayNumber));
        var use = (3 + index) * work * wobble;
        var value = meter.FeedsBack ? use - (sun * (10 + index)) : use;
        return new SampleReading(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Math.Round((decimal)value, 3));
    }

    private static string Json(SampleMeter meter, string id, IEnumerable<SampleReading> readings)
    {
        var values = readings.Select(reading => string.Create(
            CultureInfo.InvariantCulture, $$"""{"datapointKey":"kwh","value":{{reading.Value}},"tsIso8601":"{{reading.TsIso8601}}"}"""));
        return $$$"""
            {
              "messageType": "gatewayDataUpdate",
              "header": {
                "gatewayTypeUrn": "urn:esight:assets:edm:{{{Market}}}:{{{meter.Feed}}}",
                "gatewayUrn": "urn:esight:edm:{{{Site}}}:{{{meter.Code}}}",
                "messageId": "{{{id}}}"
              },
              "gatewayData": { "datapointValues": [ {{{string.Join(", ", values)}}} ] }
            }
            """;
    }
}
