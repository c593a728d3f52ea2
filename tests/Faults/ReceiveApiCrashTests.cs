using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests;

[Collection(OneInstance.Name)]
public sealed class ReceiveApiCrashTests(OneInstance stack)
{
    private const int Reports = 600;
    private const int KilledAfter = 200;
    private const string Path = "/api/v1/service/receive/errorjson";

    [Fact]
    public async Task A_report_that_got_its_201_is_kept_published_and_archived_although_receive_api_is_killed_in_the_middle()
    {
        var description = stack.ReadDescription();
        using var esight = await GatewayUser.LoginAsync(
            description.ReceiveGateway, description.ApiKeys["esight"], description.Users["esight"]);
        using var backoffice = await GatewayUser.LoginAsync(
            description.ReceiveGateway, description.ApiKeys["internal"], description.Users["backoffice"]);
        var kept = new ConcurrentBag<string>();
        var killed = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Reports), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            if (kept.Count >= KilledAfter && Interlocked.Exchange(ref killed, 1) == 0)
            {
                using var service = Process.GetProcessById(description.Pids.ReceiveApi[0]);
                service.Kill();
            }

            if (await PostAsync(esight, n) is { } location)
            {
                kept.Add(location);
            }
        });

        Assert.Equal(1, killed);
        Assert.InRange(kept.Count, KilledAfter, Reports);
        foreach (var location in kept)
        {
            await Eventually.GetAsync(() => TryGetAsync(backoffice, location), IsTold, TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>Where the report is; null when it was not taken, which the crash may cause.</summary>
    private static async Task<string?> PostAsync(GatewayUser esight, int n)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative));
        request.Content = new StringContent(
            $$"""{"_id":"crash-{{n}}","header":{"messageId":"electricity_lu_{{n}}_{{Guid.CreateVersion7()}}"},"errors":[{"errorCode":"E1"}]}""", Encoding.UTF8, "application/json");
        try
        {
            using var answer = await esight.SendAsync(request);
            return answer.StatusCode == HttpStatusCode.Created ? answer.Headers.Location!.ToString() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<JsonElement?> TryGetAsync(GatewayUser backoffice, string location)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(location, UriKind.Relative));
        using var answer = await backoffice.SendAsync(request);

        // Away while it restarts; a report that got its 201 is never unknown.
        Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }

    private static bool IsTold(JsonElement? report) =>
        report is { } read && read.GetProperty("publishedAt").ValueKind == JsonValueKind.String
            && read.GetProperty("archivedAt").ValueKind == JsonValueKind.String;
}
