using System.Globalization;
using System.Text;

namespace EnergyLoad.SendApi.Import;

/// <summary>The name of an object in the error bucket, as the service before this one gave it: PREFIX/REASON/NAME.</summary>
internal static class ErrorPath
{
    /// <summary>The longest name of an object, in bytes of UTF-8 (cloud.google.com/storage/docs/objects#naming).</summary>
    public const int NameBytes = 1024;

    public static string Of(string prefix, ImportedObject imported) => Of(prefix, imported.Reason, imported.Name, imported.Generation);

    public static string Of(string prefix, string? reason, string name, long generation)
    {
        var folder = $"{prefix}/{reason}/";
        var path = folder + name;

        // A name that is as long as names may be has no room for a folder before it.
        return Encoding.UTF8.GetByteCount(path) <= NameBytes ? path : folder + generation.ToString(CultureInfo.InvariantCulture);
    }
}
