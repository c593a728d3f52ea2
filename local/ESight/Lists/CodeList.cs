using System.Text.Json;

namespace EnergyLoad.Local.ESight.Lists;

/// <summary>
/// The codes of one of e-Sight's lists. Replaced ones are kept on disk, so that a restart does not bring back the default.
/// </summary>
internal sealed class CodeList
{
    private readonly string _file;

    public CodeList(string state, string name, IReadOnlyList<string> byDefault)
    {
        _file = Path.Combine(state, $"{name}.json");
        Codes = File.Exists(_file) ? JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(_file))! : byDefault;
    }

    public IReadOnlyList<string> Codes { get; private set; }

    public void Replace(IReadOnlyList<string> codes)
    {
        var temporary = _file + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(codes));
        File.Move(temporary, _file, overwrite: true);
        Codes = codes;
    }
}
