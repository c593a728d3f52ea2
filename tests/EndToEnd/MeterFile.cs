using System.Globalization;
using System.IO.Compression;
using EnergyLoad.Testing;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>A file of readings: real ones where the shared data is there, generated ones of the same shape elsewhere.</summary>
internal sealed record MeterFile(string Name, string Market, string Feed, string Site, string Meter)
{
    private const int GeneratedDays = 60;

    public static IReadOnlyList<MeterFile> All { get; } =
    [
        new("uk-electricity-half-hourly-2012-2014", "uk", "electricity", "LONDON", "UK_LONDON_Elec_1"),
        new("us-il-electricity-hourly-2015-2018", "us", "electricity", "IL", "US_IL_Elec_1"),
        new("us-il-gas-hourly-2015-2018", "us", "gas", "IL", "US_IL_Gas_1"),
    ];

    public string SiteCode => $"{Market.ToUpperInvariant()}_{Site}";

    private string FilePath => Path.Combine(Repository.Root, "..", "shared", "data", "readings", $"{Name}.csv.gz");

    /// <summary>One entry a day of the meter's own clock, rows in the order of the file.</summary>
    public IEnumerable<MeterDay> Days() => (File.Exists(FilePath) ? ReadRows() : GenerateRows())
        .GroupBy(row => row.Instant[..10])
        .Select(day => new MeterDay(this, day.Key, [.. day]));

    private IEnumerable<(string Instant, string Value)> ReadRows()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(FilePath), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var instant = line[..comma];

            // The UK file's instants are written without an offset and are UTC.
            yield return (instant.Contains('T', StringComparison.Ordinal) ? instant : $"{instant.Replace(' ', 'T')}Z", line[(comma + 1)..]);
        }
    }

    private IEnumerable<(string Instant, string Value)> GenerateRows()
    {
        // Both clock changes lie in the period, as they do in the real files.
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Market == "uk" ? "UTC" : "America/Chicago");
        var random = new Random(Name.Length);
        foreach (var start in new[] { new DateTime(2016, 3, 1), new DateTime(2016, 10, 20) })
        {
            var first = new DateTimeOffset(start, zone.GetUtcOffset(start));
            for (var hour = 0; hour < GeneratedDays / 2 * 24; hour++)
            {
                var local = TimeZoneInfo.ConvertTime(first.AddHours(hour), zone);
                var instant = local.ToString(
                    local.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
                yield return (instant, (random.Next(0, 5_000) / 1000m).ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
