using System.Globalization;
using System.Net.Http.Json;
using EnergyLoad.Faults.Tests.Runs;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Floods;

/// <summary>What legitimate users see while strangers flood the pair.</summary>
internal static class FloodRun
{
    private const double LimitMs = 1_000;
    private const string AuditRows = "SELECT COUNT(*) FROM access_log";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);
    private static readonly string[] Columns =
        ["flooded with", "requests/s", "answers", "push p50", "push p99", "login p99", "refused", "audit rows", "holds"];

    /// <returns>The exit code: 0 when every p99 is under a second.</returns>
    public static async Task<int> RunAsync()
    {
        Console.WriteLine("Starting the pair with two processes of each service …");
        var stack = new TwoInstances();
        await stack.InitializeAsync();
        try
        {
            using var world = new FaultWorld(stack);
            await world.PrepareAsync();
            var direct = await DirectCaller.ToSendApiAsync(world.Stack);
            var holds = await new LoginTiming(world.Stack, direct).RunAsync();
            var rows = new List<string[]> { Columns };
            var users = new LegitimateUsers(world.Stack);
            foreach (var flood in Floods(world.Stack, direct))
            {
                Console.WriteLine($"{flood.Name} …");
                var row = await MeasureAsync(world, users, flood);
                holds &= row[^1] == "yes";
                rows.Add(row);
            }

            Runs.Columns.Write(rows);
            return holds ? 0 : 1;
        }
        finally
        {
            await stack.DisposeAsync();
        }
    }

    private static IEnumerable<Flood> Floods(StackDescription stack, DirectCaller direct) =>
    [
        Flood.None,
        new("logins of one name", (http, _) => GatewayLoginAsync(http, stack, "admin")),
        new("logins of many names", (http, n) => GatewayLoginAsync(http, stack, $"nobody-{n}")),
        new(
            "logins from many addresses",
            (http, n) => direct.LoginAsync(http, $"nobody-{n}", "not a password of anybody", DirectCaller.Address(n))),
        new("refused tokens", (http, _) => RefusedAsync(http, stack, "not.a.token")),
        new("refused routes", (http, n) => RefusedAsync(http, stack, "", $"/nothing/{n}")),
    ];

    private static async Task<HttpResponseMessage> GatewayLoginAsync(HttpClient http, StackDescription stack, string username)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stack.SendGateway, "/login"));
        request.Headers.Add("x-api-key", stack.ApiKeys["internal"]);
        request.Content = JsonContent.Create(new { username, password = "not a password of anybody" });
        return await http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> RefusedAsync(
        HttpClient http, StackDescription stack, string token, string path = "/user")
    {
        // Past the gateway, which would refuse by itself: the service's own refusals are what is written down.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.SendApi[0], path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await http.SendAsync(request);
    }

    private static async Task<string[]> MeasureAsync(FaultWorld world, LegitimateUsers users, Flood flood)
    {
        var before = await world.Server.ReadAsync<long>(AuditRows);
        using var over = new CancellationTokenSource(Duration);
        await Task.WhenAll(users.RunAsync(over.Token), flood.RunAsync(over.Token));
        var rows = await world.Server.ReadAsync<long>(AuditRows) - before;
        var (pushes, logins, refused) = (users.Pushes.Take(), users.Logins.Take(), users.TakeRefused());
        var (push, login) = (Latencies.Percentile(pushes, 99), Latencies.Percentile(logins, 99));
        var answers = string.Join(" ", flood.Statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}:{status.Value}"));
        return
        [
            flood.Name, Text(flood.Statuses.Values.Sum() / Duration.TotalSeconds), answers, Text(Latencies.Percentile(pushes, 50)), Text(push), Text(login),
            Text(refused), Text(rows), push < LimitMs && login < LimitMs && refused == 0 ? "yes" : "NO",
        ];
    }

    private static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
