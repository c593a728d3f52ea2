using System.Text.Json;

namespace EnergyLoad.Bench.Reporting;

/// <summary>The last measurement of each figure on one machine, as latest.json holds them.</summary>
internal sealed record Kept(string Machine, IReadOnlyList<KeptFigure> Figures)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>What is kept of this machine; nothing of another one, whose figures say nothing about ours.</returns>
    public static async Task<Kept> ReadAsync(string path, string machine)
    {
        if (!File.Exists(path))
        {
            return new Kept(machine, []);
        }

        await using var file = File.OpenRead(path);
        var kept = (await JsonSerializer.DeserializeAsync<Kept>(file, Indented))!;
        return kept.Machine == machine ? kept : new Kept(machine, []);
    }

    /// <summary>What the new figures changed; nothing of a figure that was not kept.</summary>
    public IReadOnlyList<Change> ChangesTo(IReadOnlyList<Figure> figures) =>
        [.. figures.Join(Figures, now => now.Name, before => before.Figure.Name, (now, before) => new Change(before, now))];

    /// <summary>The new figures in the places of the old ones; figures that were not measured this time stay.</summary>
    public Kept With(IReadOnlyList<KeptFigure> measured)
    {
        var names = measured.ToDictionary(one => one.Figure.Name, StringComparer.Ordinal);
        var known = Figures.Select(before => names.GetValueOrDefault(before.Figure.Name, before)).ToList();
        return this with { Figures = [.. known, .. measured.Except(known)] };
    }

    public Task WriteAsync(string path) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Indented));
}
