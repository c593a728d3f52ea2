using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Messages that lie in the bucket, through the gateway, to e-Sight and into the bucket where they end.</summary>
[Collection(KilledStack.Name)]
public sealed class ImportTests(KilledStack stack)
{
    private const int Objects = 300;
    private const string Site = "LU_IMPORT";
    private readonly OutcomeWorld _world = new(stack);

    [Fact]
    public async Task Good_objects_reach_esight_and_the_success_bucket_and_others_the_error_bucket()
    {
        var folder = await OpenAsync(meters: 1);
        await folder.PutAsync("good.json", DayOf(folder, 0).ToJson());
        await folder.PutAsync("rejected.json", DayOf(folder, 0, "rejected").ToJson());
        await folder.PutAsync("bad.json", "{}");
        using var http = new HttpClient();
        await http.PostAsJsonAsync(
            new Uri(stack.Description.Esight, "/control/behaviour"), new { status = 422, match = $"{folder.Name}_rejected" });
        using var sender = await _world.LoginAsync("sender");
        using var backoffice = await _world.LoginAsync("backoffice");
        var refusedBefore = await RefusedAsync(backoffice);

        using var answer = await ImportAsync(sender, HttpMethod.Get, folder);

        Assert.Equal(
            (HttpStatusCode.Created, "Success: 3 file(s) have been processed"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        var import = await FinishedAsync(sender, answer);
        Assert.Equal(
            (3, 2, 1, 1, 1), (Count(import, "objects"), Count(import, "accepted"), Count(import, "delivered"), Count(import, "failed"), Count(import, "refused")));
        Assert.Empty(await folder.NamesAsync("source"));
        Assert.Equal(["good.json"], await folder.NamesAsync("success"));
        Assert.Equal(["rejected.json"], await folder.NamesAsync("error", "send/UnprocessableEntity/"));
        Assert.Equal(["bad.json"], await folder.NamesAsync("error", "send/NoMessageType/"));
        Assert.Equal(refusedBefore + 1, await RefusedAsync(backoffice));
        using var again = await ImportAsync(sender, HttpMethod.Post, folder);
        Assert.Equal("Empty bucket! Nothing to send to e-sight", await again.Content.ReadAsStringAsync());
        await http.DeleteAsync(new Uri(stack.Description.Esight, "/control/behaviour"));
    }

    [Fact]
    public async Task No_object_is_lost_or_taken_twice_although_send_api_is_killed_again_and_again()
    {
        var folder = await OpenAsync(meters: 20);
        await Parallel.ForAsync(0, Objects, async (n, _) => await folder.PutAsync($"{n:000}.json", DayOf(folder, n).ToJson()));

        // Killed while the bucket is listed, while objects are taken, while messages are delivered, and while objects are moved.
        foreach (var done in new[] { 0, 1, Objects / 2, Objects })
        {
            var import = ImportAndIgnoreAsync(folder);
            await Eventually.GetAsync(
                async () => (await folder.NamesAsync("success")).Count + (await _world.ReceivedAsync(PrefixOf(folder))).Count,
                count => count >= done);
            await KillAsync();
            await import;
        }

        await ImportAndIgnoreAsync(folder);
        await Eventually.GetAsync(
            async () => (Moved: (await folder.NamesAsync("success")).Count, Left: (await folder.NamesAsync("source")).Count),
            count => count == (Objects, 0),
            TimeSpan.FromMinutes(2));

        var received = await _world.ReceivedAsync(PrefixOf(folder));
        Assert.Equal(Objects, received.Select(message => message.GetProperty("messageId").GetString()).Distinct().Count());
    }

    private static string PrefixOf(BucketFolder folder) => $"electricity_lu_{folder.Name}_";

    private static int Count(JsonElement import, string member) => import.GetProperty(member).GetInt32();

    private static async Task<HttpResponseMessage> ImportAsync(GatewayUser sender, HttpMethod method, BucketFolder folder)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{OutcomeWorld.Send}/sendJson/{folder.Name}%2F", UriKind.Relative));
        return await sender.SendAsync(request);
    }

    /// <summary>What the ledger counts as refused.</summary>
    private static async Task<long> RefusedAsync(GatewayUser user)
    {
        var ledger = await user.GetAsync($"{OutcomeWorld.Send}/ledger");
        Assert.True(ledger.GetProperty("balanced").GetBoolean());
        return ledger.GetProperty("total").GetProperty("refused").GetInt64();
    }

    private static Task<JsonElement> FinishedAsync(GatewayUser sender, HttpResponseMessage answer) =>
        Eventually.GetAsync(
            () => sender.GetAsync(answer.Headers.Location!.ToString()), import => import.GetProperty("state").GetString() == "finished");

    // Where the service that is to answer is killed, no answer comes, or one of the gateway's.
    private async Task ImportAndIgnoreAsync(BucketFolder folder)
    {
        try
        {
            using var sender = await _world.LoginAsync("sender");
            using var answer = await ImportAsync(sender, HttpMethod.Post, folder);
        }
        catch (HttpRequestException)
        {
        }
    }

    private static Day DayOf(BucketFolder folder, int n, string name = "") => new(folder.Name, $"{name}{n}", $"LU_IMPORT_Elec_{n % 20}", n);

    private async Task<BucketFolder> OpenAsync(int meters)
    {
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Description.Esight, "/control/sites"), new[] { Site });
        await http.PutAsJsonAsync(
            new Uri(stack.Description.Esight, "/control/meters"), Enumerable.Range(0, meters).Select(n => $"LU_IMPORT_Elec_{n}"));
        return await BucketFolder.OpenAsync(stack.Description.Google);
    }

    private async Task KillAsync()
    {
        var killed = stack.ReadDescription().Pids.SendApi[0];
        using (var service = Process.GetProcessById(killed))
        {
            service.Kill();
        }

        await Eventually.GetAsync(() => Task.FromResult(stack.ReadDescription().Pids.SendApi[0]), pid => pid != killed);
        using var http = new HttpClient { BaseAddress = stack.Description.SendApi[0] };
        await Eventually.GetAsync(() => IsReadyAsync(http), ready => ready);
    }

    private static async Task<bool> IsReadyAsync(HttpClient service)
    {
        try
        {
            using var answer = await service.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed record Day(string Folder, string Name, string Meter, int N)
    {
        public string ToJson() => new MeterDay(
            new MeterFile("import", "lu", "electricity", "IMPORT", Meter), "2022-10-01", [($"2022-10-01T{N / 60:00}:{N % 60:00}:00Z", "1.5")])
            .ToJson().Replace($"electricity_lu_20221001_{Meter}", $"electricity_lu_{Folder}_{Name}", StringComparison.Ordinal);
    }
}
