namespace EnergyLoad.Local.Gateway.Requests;

/// <summary>Envoy's normalize_path and merge_slashes: dot segments are resolved, then runs of slashes become one; %2F stays.</summary>
internal static class PathNormalization
{
    public static string Normalize(string path)
    {
        if (path.Length == 0)
        {
            return "/";
        }

        return NeedsWork(path) ? MergeSlashes(ResolveDots(path.Replace('\\', '/'))) : path;
    }

    private static bool NeedsWork(string path) =>
        path.Contains('\\', StringComparison.Ordinal)
        || path.Contains("//", StringComparison.Ordinal)
        || path.Contains("/.", StringComparison.Ordinal)
        || path.Contains("%2e", StringComparison.OrdinalIgnoreCase);

    private static string ResolveDots(string path)
    {
        var segments = path.Split('/');
        var kept = new List<string>(segments.Length);
        for (var index = 1; index < segments.Length; index++)
        {
            var last = index == segments.Length - 1;
            switch (segments[index].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase))
            {
                case ".":
                    AddEmptyAtEnd(kept, last);
                    break;
                case "..":
                    kept.RemoveRange(Math.Max(0, kept.Count - 1), Math.Min(1, kept.Count));
                    AddEmptyAtEnd(kept, last);
                    break;
                default:
                    kept.Add(segments[index]);
                    break;
            }
        }

        return "/" + string.Join('/', kept);
    }

    // "/a/." names the folder: "/a/".
    private static void AddEmptyAtEnd(List<string> kept, bool last)
    {
        if (last)
        {
            kept.Add("");
        }
    }

    private static string MergeSlashes(string path)
    {
        var merged = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return merged.Length == 0 ? "/" : "/" + merged + (path.EndsWith('/') ? "/" : "");
    }
}
