using System.Text.Json;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.Testing;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>Each unusual body has the one outcome that docs/odd-inputs.md states.</summary>
public sealed class OddInputTests(SendWorld world) : IClassFixture<SendWorld>
{
    [Fact]
    public void S24_the_document_and_the_tests_name_the_same_inputs() =>
        Assert.Equal(Documented().Select(row => row.Name).Order(StringComparer.Ordinal), OddInputs.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task S23_S24_S25_every_odd_body_has_its_documented_outcome_and_none_is_a_500()
    {
        var wrong = new List<string>();
        foreach (var (name, outcome) in Documented())
        {
            var input = OddInputs.All[name];
            using var answer = await world.PushAsync(input.Body, input.MediaType, input.Encoding, input.Query);
            var got = $"{(int)answer.StatusCode} {CodeOf(await SendWorld.JsonAsync(answer))}".TrimEnd();
            if (got != outcome)
            {
                wrong.Add($"{name}: {got} in place of {outcome}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(
            Documented().Count(row => row.Outcome == "202"), await world.Rooms.ReadAsync<int>("SELECT COUNT(*) FROM messages"));
    }

    /// <summary>The code of the first fault; of a problem that is not about the body, its own.</summary>
    private static string? CodeOf(JsonElement answer) =>
        answer.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0 ? errors[0].GetProperty("code").GetString()
            : answer.TryGetProperty("code", out var code) ? code.GetString()
            : null;

    private static IEnumerable<(string Name, string Outcome)> Documented() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "odd-inputs.md"))
            .Select(line => line.Replace("\\_", "_", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && int.TryParse(cells[2], out _))
            .Select(cells => (cells[1], $"{cells[2]} {cells[3]}".TrimEnd()));
}
