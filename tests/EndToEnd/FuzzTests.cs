using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using EnergyLoad.EndToEnd.Tests.Contract;
using EnergyLoad.EndToEnd.Tests.Fuzz;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>
/// Odd requests to every public operation, through its gateway: never a 5xx other than 503, never a hang, and no answer that the gateway's
/// file does not document. ENERGYLOAD_FUZZ_SECONDS says how long, ENERGYLOAD_FUZZ_SEED which.
/// </summary>
public sealed class FuzzTests(RunningStack stack) : IClassFixture<RunningStack>
{
    private const int Workers = 3;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Setting("ENERGYLOAD_FUZZ_SECONDS", 10));
    private static readonly int Seed = Setting("ENERGYLOAD_FUZZ_SEED", Environment.TickCount & 0xFFFF);

    // Whoever logs out, or ends what all the others use, would leave nothing to find.
    private static readonly string[] Ending = ["Logout"];

    [Fact]
    public async Task No_odd_request_is_answered_in_a_way_that_the_files_do_not_know()
    {
        // Both before either: odd logins use up what logins the address has.
        var (send, receive) = (await RequestsAsync("send"), await RequestsAsync("receive"));

        var found = await Task.WhenAll(RunAsync(send), RunAsync(receive));

        Contracts.AssertNone([.. found.SelectMany(faults => faults)]);
        Assert.Equal(stack.Description.Pids.SendApi, stack.ReadDescription().Pids.SendApi);
        Assert.Equal(stack.Description.Pids.ReceiveApi, stack.ReadDescription().Pids.ReceiveApi);
    }

    private async Task<OddRequests> RequestsAsync(string side)
    {
        using var driver = Contracts.Drive(stack.Description, side);
        var tokens = new List<string>();
        foreach (var user in new[] { "root", "sender", "esight", "root", "root" })
        {
            tokens.Add(await driver.TokenAsync(user));
        }

        var operations = driver.Operations.Where(operation => !Ending.Contains(operation.Id)).ToArray();
        return new OddRequests(driver.Gateway, operations, stack.Description.ApiKeys["internal"], tokens);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(OddRequests requests)
    {
        using var latin1 = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var http = new HttpClient(latin1) { Timeout = Hang };
        var watch = Stopwatch.StartNew();
        var count = 0;
        var faults = await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            var found = new List<string>();
            while (watch.Elapsed < Duration && found.Count < 20)
            {
                var number = Interlocked.Increment(ref count);
                found.AddRange((await TryAsync(http, requests, number)).Select(fault => $"seed {Seed}, request {number}: {fault}"));
            }

            return found;
        }));
        return [.. faults.SelectMany(found => found)];
    }

    private static async Task<IReadOnlyList<string>> TryAsync(HttpClient http, OddRequests requests, int number)
    {
        var (request, operation) = requests.Next(new Random(unchecked((Seed * 1_000_003) + number)));
        using (request)
        {
            var what = $"{request.Method} {request.RequestUri!.PathAndQuery[..Math.Min(300, request.RequestUri.PathAndQuery.Length)]}";
            try
            {
                using var answer = await http.SendAsync(request);
                return [.. (await FaultsAsync(operation, answer)).Select(fault => $"{what}: {fault}")];
            }
            catch (HttpRequestException fault)
            {
                return [$"{what}: {fault.Message} {fault.InnerException?.Message}"];
            }
            catch (TaskCanceledException)
            {
                return [$"{what}: no answer within {Hang.TotalSeconds} s"];
            }
        }
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(PublicOperation? operation, HttpResponseMessage answer)
    {
        if (answer.StatusCode >= HttpStatusCode.InternalServerError && answer.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            return [$"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"];
        }

        if (operation is not null)
        {
            return await AnswerCheck.FaultsAsync(operation, answer);
        }

        // A request line that no server reads (%00 in it) is 400 without a body.
        var type = answer.Content.Headers.ContentType?.MediaType;
        var isUnreadable = answer.StatusCode == HttpStatusCode.BadRequest && answer.Content.Headers.ContentLength == 0;
        return answer.IsSuccessStatusCode || isUnreadable || type is "application/json" or "application/problem+json"
            ? []
            : [$"{(int)answer.StatusCode} of type {type}: {await answer.Content.ReadAsStringAsync()}"];
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
