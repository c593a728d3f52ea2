using System.Globalization;

namespace EnergyLoad.GoogleCloud.Storage;

/// <summary>Reads what Cloud Storage says of a content in the headers of its answer.</summary>
internal static class Hashes
{
    private const string Crc32c = "crc32c=";

    /// <summary>The value of <c>x-goog-hash: crc32c=…,md5=…</c>, which may also come as two headers; null when there is none.</summary>
    public static string? Crc32cOf(HttpResponseMessage response) =>
        All(response, "x-goog-hash")
            .SelectMany(static header => header.Split(',', StringSplitOptions.TrimEntries))
            .FirstOrDefault(static part => part.StartsWith(Crc32c, StringComparison.Ordinal))?[Crc32c.Length..];

    public static long? GenerationOf(HttpResponseMessage response) =>
        long.TryParse(All(response, "x-goog-generation").FirstOrDefault(), CultureInfo.InvariantCulture, out var generation)
            ? generation
            : null;

    private static IEnumerable<string> All(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values : [];
}
