using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Floods;

/// <summary>How long a login takes to be refused, by what is wrong with it; whoever measures must not learn which.</summary>
internal sealed class LoginTiming(StackDescription stack, DirectCaller caller)
{
    private const string Users = "/api/v1/management/users/user";
    private const int Accounts = 30;

    // Fewer than the failures of a name that are free.
    private const int AttemptsPerAccount = 4;

    // A probability of 0.5 says nothing; with 120 samples on each side three standard errors are 0.11.
    private const double Tolerance = 0.11;

    /// <returns>Whether neither kind can be told from a wrong password.</returns>
    public async Task<bool> RunAsync()
    {
        using var http = new HttpClient();
        using var admin = await GatewayUser.LoginAsync(stack.SendGateway, stack.ApiKeys["internal"], stack.Users["admin"]);
        var active = await CreateAsync(admin, "timed-a");
        var ended = await CreateAsync(admin, "timed-d");
        foreach (var (_, id) in ended)
        {
            using var answer = await admin.SendAsync(
                new HttpRequestMessage(HttpMethod.Delete, new Uri($"/api/v1/management/users/user/deactivate/{id}", UriKind.Relative)));
            answer.EnsureSuccessStatusCode();
        }

        var (wrong, unknown, deactivated) = (new List<double>(), new List<double>(), new List<double>());
        for (var n = 0; n < Accounts * AttemptsPerAccount; n++)
        {
            wrong.Add(await MeasureAsync(http, active[n % Accounts].Name, n * 3));
            unknown.Add(await MeasureAsync(http, $"timed-u{n}", (n * 3) + 1));
            deactivated.Add(await MeasureAsync(http, ended[n % Accounts].Name, (n * 3) + 2));
        }

        return Tell("unknown user", unknown, wrong) & Tell("deactivated user", deactivated, wrong);
    }

    private static async Task<List<(string Name, string Id)>> CreateAsync(GatewayUser admin, string prefix)
    {
        var made = new List<(string, string)>();
        for (var n = 0; n < Accounts; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Users, UriKind.Relative));
            request.Content = JsonContent.Create(
                new { username = $"{prefix}{n}", password = $"quiet-river-{Guid.NewGuid():n}", type = "user" });
            using var answer = await admin.SendAsync(request);
            var body = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, object>>();
            made.Add(($"{prefix}{n}", body!["id"].ToString()!));
        }

        return made;
    }

    private async Task<double> MeasureAsync(HttpClient http, string username, int address)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await caller.LoginAsync(http, username, "not the password of anybody", DirectCaller.Address(address));
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.Unauthorized
            ? time
            : throw new InvalidOperationException($"{username}: {answer.StatusCode}");
    }

    /// <summary>Mann and Whitney's statistic: how probable it is that one of the first is slower than one of the second.</summary>
    private static bool Tell(string kind, List<double> samples, List<double> others)
    {
        var slower =
            samples.Sum(sample => others.Sum(other => sample > other ? 1 : sample < other ? 0 : 0.5)) / samples.Count / others.Count;
        var alike = Math.Abs(slower - 0.5) <= Tolerance;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"login of {kind}: median {Median(samples):0.0} ms, of a wrong password {Median(others):0.0} ms; slower with probability {slower:0.00} (0.5 ± {Tolerance:0.00}): {(alike ? "cannot be told apart" : "CAN BE TOLD APART")}"));
        return alike;
    }

    private static double Median(List<double> samples) => samples.Order().ElementAt(samples.Count / 2);
}
