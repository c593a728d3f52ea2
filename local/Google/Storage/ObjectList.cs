using System.Text;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>One page of a listing.</summary>
internal sealed record ObjectList(IReadOnlyList<StoredObject> Items, IReadOnlyList<string> Prefixes, string? NextPageToken)
{
    private const int LargestPage = 1000;

    public static ObjectList Of(Bucket bucket, string prefix, string? delimiter, int? maxResults, string? pageToken)
    {
        var size = maxResults is > 0 and < LargestPage ? maxResults.Value : LargestPage;
        var after = pageToken is null ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(pageToken));
        var entries = bucket.All
            .Where(stored => stored.Name.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(stored => FolderOf(stored.Name, prefix, delimiter) ?? stored.Name, StringComparer.Ordinal)
            .Where(entry => string.CompareOrdinal(entry.Key, after) > 0)
            .Take(size + 1)
            .ToList();
        var page = entries.Take(size).ToList();
        return new ObjectList(
            [.. page.Where(entry => !IsFolder(entry)).Select(entry => entry.First())],
            [.. page.Where(IsFolder).Select(entry => entry.Key)],
            entries.Count > size ? Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key)) : null);

        bool IsFolder(IGrouping<string, StoredObject> entry) => FolderOf(entry.First().Name, prefix, delimiter) is not null;
    }

    public object ToResource() => new
    {
        kind = "storage#objects",
        nextPageToken = NextPageToken,
        prefixes = Prefixes.Count == 0 ? null : Prefixes,
        items = Items.Select(item => item.ToResource()),
    };

    private static string? FolderOf(string name, string prefix, string? delimiter) =>
        !string.IsNullOrEmpty(delimiter) && name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at
            ? name[..(at + delimiter.Length)]
            : null;
}
