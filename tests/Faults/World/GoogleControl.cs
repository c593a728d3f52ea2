using System.Net.Http.Json;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>The Google stand-in: how Cloud Tasks, Pub/Sub and the Scheduler misbehave.</summary>
internal sealed class GoogleControl(HttpClient http, Uri google)
{
    public const string Tasks = "tasks";
    public const string PubSub = "pubsub";

    public Task SetAsync(string surface, object change) => PostAsync($"/control/{surface}", change);

    /// <summary>Every surface as it should be.</summary>
    public async Task CalmAsync()
    {
        foreach (var surface in new[] { Tasks, PubSub, "scheduler" })
        {
            await SetAsync(surface, new { pause = false, duplicate = 0, drop = 0, delayMs = 0 });
        }
    }

    /// <summary>The sweeps of both services, which otherwise come each minute.</summary>
    public async Task SweepAsync()
    {
        await PostAsync("/control/scheduler/run?name=send-api-sweep", null);
        await PostAsync("/control/scheduler/run?name=receive-api-sweep", null);
    }

    private Task PostAsync(string path, object? body) => Insist.OnAsync(async () =>
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var answer = await http.PostAsync(new Uri(google, path), content);
        answer.EnsureSuccessStatusCode();
        return true;
    });
}
