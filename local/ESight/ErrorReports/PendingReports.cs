using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>The reports that the gateway has not taken yet, a file each, so that a restart does not forget one.</summary>
internal sealed class PendingReports
{
    private readonly string _folder;

    public PendingReports(ESightSettings settings)
    {
        _folder = Path.Combine(settings.State, "pending-reports");
        Directory.CreateDirectory(_folder);
    }

    public void Keep(ErrorReport report)
    {
        var file = FileOf(report);
        var temporary = $"{file}.{Guid.NewGuid():N}.new";
        File.WriteAllBytes(temporary, report.Body);
        File.Move(temporary, file, overwrite: true);
    }

    public void Forget(ErrorReport report) => File.Delete(FileOf(report));

    public IReadOnlyList<ErrorReport> Load() =>
        [.. Directory.EnumerateFiles(_folder, "*.json").Select(file => new ErrorReport(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)))];

    // Only ids made here are kept, but the rule is enforced: an id never chooses a path.
    private string FileOf(ErrorReport report) => Path.Combine(
        _folder,
        (report.Id.All(char.IsAsciiHexDigitLower) ? report.Id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(report.Id)))) + ".json");
}
