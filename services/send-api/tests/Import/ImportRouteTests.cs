using System.Net;
using System.Text;
using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Tests.Hosting;

namespace EnergyLoad.SendApi.Tests.Import;

public sealed class ImportRouteTests : IAsyncLifetime
{
    // All objects are taken here: those of other tests lie elsewhere.
    private readonly string _bucket = $"source-{Guid.NewGuid():n}";
    private readonly SendWorld _service = new();
    private readonly ImportWorld _world;

    public ImportRouteTests()
    {
        _service.Rooms.Settings["Import:SourceBucket"] = _bucket;
        _service.Rooms.Settings["Import:WaitSeconds"] = "5";
        _world = new ImportWorld(_service.Rooms);
    }

    private string Path => $"{SendWorld.Send}/sendJson/{Uri.EscapeDataString(_world.Folder)}";

    public async Task InitializeAsync()
    {
        await (await SendCloud.Shared).MakeBucketAsync(_bucket);
        await _service.InitializeAsync();
    }

    public Task DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task The_words_and_statuses_are_those_that_existing_callers_know()
    {
        using var empty = await ImportAsync(HttpMethod.Post, Path);
        Assert.Equal(
            (HttpStatusCode.OK, "Empty bucket! Nothing to send to e-sight"), (empty.StatusCode, await empty.Content.ReadAsStringAsync()));
        Assert.Equal("text/plain", empty.Content.Headers.ContentType!.MediaType);
        await _world.PutAsync("1.json", _world.Message("1"));
        await _world.PutAsync("2.json", _world.Message("2"));

        using var some = await ImportAsync(HttpMethod.Post, Path);

        Assert.Equal(
            (HttpStatusCode.Created, "Success: 2 file(s) have been processed"), (some.StatusCode, await some.Content.ReadAsStringAsync()));
        Assert.False(some.Headers.Contains("Deprecation"));
        var import = await _service.GetAsync(some.Headers.Location!.ToString(), "sender");
        Assert.Equal(("running", 2), (import.GetProperty("state").GetString(), import.GetProperty("accepted").GetInt32()));
    }

    [Fact]
    public async Task All_objects_of_the_bucket_are_taken_by_sendJsons()
    {
        await _world.PutAsync("1.json", _world.Message("1"));

        using var answer = await ImportAsync(HttpMethod.Post, $"{SendWorld.Send}/sendJsons");

        Assert.Equal(
            (HttpStatusCode.Created, "Success: 1 file(s) have been processed"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(1, await _world.MessagesAsync());
    }

    [Fact]
    public async Task The_GET_of_existing_callers_does_the_same_and_says_that_it_is_deprecated()
    {
        await _world.PutAsync("1.json", _world.Message("1"));

        using var answer = await ImportAsync(HttpMethod.Get, Path);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Matches("^@[0-9]+$", Assert.Single(answer.Headers.GetValues("Deprecation")));
        Assert.Equal(1, await _world.MessagesAsync());
    }

    [Fact]
    public async Task A_name_is_taken_as_it_was_written()
    {
        await _world.PutAsync("50%2F50 é.json", _world.Message("1"));
        await _world.PutAsync("50/50 é.json", _world.Message("2"));

        using var answer = await ImportAsync(
            HttpMethod.Post, $"{SendWorld.Send}/sendJson/{Uri.EscapeDataString($"{_world.Folder}50%2F5")}");

        Assert.Equal("Success: 1 file(s) have been processed", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_import_that_takes_longer_than_the_gateway_waits_is_followed_by_its_id()
    {
        await _world.PutAsync("1.json", _world.Message("1"));

        using var answer = await _service.SendAsync(HttpMethod.Post, Path);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var import = await SendWorld.JsonAsync(answer);
        Assert.EndsWith(
            $"/imports/{import.GetProperty("importId").GetString()}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        await _world.WorkAsync();
        await _service.Rooms.DeliverAsync();
        await _world.WorkAsync();
        Assert.Equal("finished", (await _service.GetAsync(answer.Headers.Location.ToString())).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_wake_up_and_the_sweep_do_the_work()
    {
        await _world.PutAsync("1.json", _world.Message("1"));
        var import = _service.SendAsync(HttpMethod.Post, Path);
        while (await _service.Rooms.ReadAsync<int>("SELECT COUNT(*) FROM import_objects") == 0)
        {
            await Task.Yield();
        }

        using var sweep = await CallAsync("/internal/scheduler/sweep", "scheduler");
        using var drain = await CallAsync(ImportEndpoints.DrainPath, "tasks-invoker");
        using var answer = await import;

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (sweep.StatusCode, drain.StatusCode));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task An_import_of_another_sender_does_not_exist()
    {
        await _world.PutAsync("1.json", _world.Message("1"));
        using var answer = await ImportAsync(HttpMethod.Post, Path);
        var import = answer.Headers.Location!.ToString();

        using var other = await _service.SendAsync(HttpMethod.Get, import, "other");
        using var none = await _service.SendAsync(HttpMethod.Get, $"{SendWorld.Send}/imports/{Guid.CreateVersion7()}");
        using var malformed = await _service.SendAsync(HttpMethod.Get, $"{SendWorld.Send}/imports/x");

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (other.StatusCode, none.StatusCode, malformed.StatusCode));
        Assert.Equal("running", (await _service.GetAsync(import, "admin")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_name_longer_than_names_may_be_is_refused()
    {
        using var answer = await _service.SendAsync(
            HttpMethod.Post, $"{SendWorld.Send}/sendJson/{new StringBuilder().Insert(0, "%C3%A9", 513)}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    /// <summary>Imports; the work is done here, as a wake-up would.</summary>
    private async Task<HttpResponseMessage> ImportAsync(HttpMethod method, string path)
    {
        var answer = _service.SendAsync(method, path);
        while (!answer.IsCompleted)
        {
            await _service.Rooms.Get<ImportRunner>().StepAsync(CancellationToken.None);
        }

        return await answer;
    }

    private async Task<HttpResponseMessage> CallAsync(string path, string caller)
    {
        using var request = await _service.RequestAsync(HttpMethod.Post, path, user: null, caller);
        return await _service.SendAsync(request);
    }
}
