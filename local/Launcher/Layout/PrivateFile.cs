using System.Text.Json;

namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>Files that only the caller may read, written whole or not at all.</summary>
internal static class PrivateFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write<T>(string file, T content)
    {
        // Two writers at once must not share a temporary name; the rename makes the change visible in one step.
        var next = $"{file}.{Guid.NewGuid():n}";
        using (var stream = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            JsonSerializer.Serialize(stream, content, Json);
        }

        File.Move(next, file, overwrite: true);
    }

    public static T? Read<T>(string file)
        where T : class =>
        File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Json) : null;
}
