using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests;

[Collection(OneInstance.Name)]
public sealed class DatabaseRestartTests(OneInstance stack)
{
    private const int Reports = 600;
    private const int CutAfter = 150;
    private const string Path = "/api/v1/service/receive/errorjson";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, string> _kept = new();
    private readonly ConcurrentBag<HttpStatusCode> _refusals = [];

    [Fact]
    public async Task While_MariaDB_restarts_reports_are_503_and_afterwards_each_is_kept_once_published_and_archived()
    {
        var description = stack.ReadDescription();
        using var esight = await GatewayUser.LoginAsync(
            description.ReceiveGateway, description.ApiKeys["esight"], description.Users["esight"]);
        using var backoffice = await GatewayUser.LoginAsync(
            description.ReceiveGateway, description.ApiKeys["internal"], description.Users["backoffice"]);
        var cut = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Reports), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            if (_kept.Count >= CutAfter && Interlocked.Exchange(ref cut, 1) == 0)
            {
                using var server = Process.GetProcessById(description.Pids.Mariadb!.Value);
                server.Kill();
            }

            // As e-Sight does: the same bytes again until they are taken.
            await Eventually.GetAsync(() => TryPostAsync(esight, n), isKept => isKept, Patience);
        });

        Assert.Equal((1, Reports), (cut, _kept.Count));
        Assert.NotEmpty(_refusals);
        Assert.All(_refusals, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        foreach (var (id, location) in _kept)
        {
            var report = await Eventually.GetAsync(() => backoffice.GetAsync(location), IsTold, Patience);
            Assert.Equal(id, report.GetProperty("esightId").GetString());
            Assert.Single(report.GetProperty("revisions").EnumerateArray());
        }
    }

    private async Task<bool> TryPostAsync(GatewayUser esight, int n)
    {
        var id = $"restart-{n}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative));
        request.Content = new StringContent(
            $$"""{"_id":"{{id}}","header":{"messageId":"electricity_lu_{{n}}_{{Guid.Empty}}"},"errors":[{"errorCode":"E1"}]}""", Encoding.UTF8, "application/json");
        using var answer = await esight.SendAsync(request);
        if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
        {
            Assert.NotNull(answer.Headers.RetryAfter);
            _refusals.Add(answer.StatusCode);
            return false;
        }

        // A commit whose answer was lost is 503 first and "known already" then.
        var reportId = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("reportId").GetString();
        return _kept.TryAdd(id, $"{Path}/{reportId}");
    }

    private static bool IsTold(JsonElement report) =>
        report.GetProperty("publishedAt").ValueKind == JsonValueKind.String
            && report.GetProperty("archivedAt").ValueKind == JsonValueKind.String;
}
