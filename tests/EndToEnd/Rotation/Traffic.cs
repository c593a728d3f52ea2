using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>
/// Pushes, status reads, logins and error reports without a pause, until it is told to stop; what is not answered as it should be is kept.
/// </summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const string ErrorJson = "/api/v1/service/receive/errorjson";

    // Before and after each step of a rotation.
    private const int Rounds = 3;

    // More reads at once than a service holds idle sessions, so that it opens new ones all the time.
    private const int ReadsAtOnce = 24;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _failures = [];
    private readonly ConcurrentBag<string> _sendIds = [];
    private readonly StackDescription _stack;
    private readonly string _run = $"{Guid.NewGuid():n}"[..8];
    private Task _work = Task.CompletedTask;
    private int _rounds;

    private Traffic(StackDescription stack) => _stack = stack;

    public static string Meter => "LU_ROTATE_Elec_1";

    public IReadOnlyCollection<string> SendIds => _sendIds;

    public static async Task<Traffic> StartAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/sites"), new[] { "LU_ROTATE" });
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/meters"), new[] { Meter });
        var traffic = new Traffic(stack);
        traffic._work = Task.WhenAll(traffic.SendAsync(), traffic.ReportAsync());
        await traffic.GoOnAsync();
        return traffic;
    }

    /// <summary>Lets it do some more rounds of everything.</summary>
    public async Task GoOnAsync()
    {
        var goal = Volatile.Read(ref _rounds) + Rounds;
        await Eventually.GetAsync(() => Task.FromResult(Volatile.Read(ref _rounds)), rounds => rounds >= goal || !_failures.IsEmpty);
    }

    /// <returns>What was not answered as it should be.</returns>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
        return _failures;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            using var sender = await GatewayUser.LoginAsync(_stack.SendGateway, _stack.ApiKeys["internal"], _stack.Users["sender"]);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(part => PushAsync(sender, (4 * n) + part)));
            await Task.WhenAll(Enumerable.Range(0, ReadsAtOnce).Select(_ => ReadAsync(sender)));
            Interlocked.Increment(ref _rounds);
        }
    }

    private async Task ReportAsync()
    {
        using var esight = await GatewayUser.LoginAsync(_stack.ReceiveGateway, _stack.ApiKeys["esight"], _stack.Users["esight"]);
        using var admin = await GatewayUser.LoginAsync(_stack.ReceiveGateway, _stack.ApiKeys["internal"], _stack.Users["admin"]);
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(part => ReportAsync(esight, (4 * n) + part)));
            await Task.WhenAll(
                Enumerable.Range(0, ReadsAtOnce).Select(_ => ExpectAsync(admin, HttpMethod.Get, "/user", null, HttpStatusCode.OK)));
        }
    }

    private async Task PushAsync(GatewayUser sender, int n)
    {
        var instant = DateTimeOffset.UnixEpoch.AddMinutes(n).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture).Replace(
            "1970", "2022", StringComparison.Ordinal);
        var day = new MeterDay(new MeterFile(_run, "lu", "electricity", "ROTATE", Meter), $"{_run}-{n}", [(instant, "1.5")]);
        using var answer = await sender.PushAsync(day.ToJson());
        if (answer.StatusCode == HttpStatusCode.Accepted)
        {
            _sendIds.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!);
        }
        else
        {
            _failures.Add($"push: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private Task ReadAsync(GatewayUser sender) =>
        _sendIds.TryPeek(out var id)
            ? ExpectAsync(sender, HttpMethod.Get, $"/api/v1/service/send/{id}", null, HttpStatusCode.OK)
            : Task.CompletedTask;

    private Task ReportAsync(GatewayUser esight, int n) => ExpectAsync(
        esight,
        HttpMethod.Post,
        ErrorJson,
        $$$"""{"_id":"{{{_run}}}-{{{n}}}","header":{"messageId":"rotation_{{{n}}}","received_tsIso8601":"2022-10-01T00:00:00Z"},"errors":[]}""",
        HttpStatusCode.Created);

    private async Task ExpectAsync(GatewayUser user, HttpMethod method, string path, string? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await user.SendAsync(request);
        if (answer.StatusCode != expected)
        {
            _failures.Add($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
