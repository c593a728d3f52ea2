using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>Sets what the e-Sight simulator knows and does.</summary>
internal static class ESightControl
{
    /// <summary>It knows the meters, so that nothing is parked.</summary>
    public static async Task LearnMetersAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/sites"), new[] { "LU_BENCH" });
        await http.PutAsJsonAsync(
            new Uri(stack.Esight, "/control/meters"), Enumerable.Range(0, Bodies.Meters).Select(n => $"LU_BENCH_Elec_{n}"));
    }

    /// <summary>It asks to be left alone, so that the gate stays closed.</summary>
    public static async Task HoldBackAsync(StackDescription stack)
    {
        await LearnMetersAsync(stack);
        using var http = new HttpClient();
        await http.PostAsJsonAsync(new Uri(stack.Esight, "/control/behaviour"), new { status = 503, retryAfter = 3600 });
    }

    /// <summary>How many different messages it has received.</summary>
    public static async Task<long> ReceivedAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<State>(new Uri(stack.Esight, "/control/state")))!.MessageIds;
    }

    /// <summary>When it received each message first, by its messageId.</summary>
    public static async Task<Dictionary<string, DateTimeOffset>> ArrivalsAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        var lines = (await http.GetStringAsync(new Uri(stack.Esight, "/control/messages"))).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => System.Text.Json.JsonSerializer.Deserialize<Line>(line, System.Text.Json.JsonSerializerOptions.Web)!)
            .GroupBy(line => line.MessageId, StringComparer.Ordinal).ToDictionary(
                group => group.Key, group => group.Min(line => line.ReceivedAt), StringComparer.Ordinal);
    }

    private sealed record State(long MessageIds);

    private sealed record Line(string MessageId, DateTimeOffset ReceivedAt);
}
