using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.Google;

public sealed class TaskTests : IAsyncLifetime
{
    private const string Audience = "https://send-api.energyload.local";
    private const string Tasks = $"/v2/{GoogleWorld.Queue}/tasks";
    private readonly GoogleWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_task_reaches_its_target_with_an_id_token()
    {
        var made = await _world.PostAsync(Tasks, Task());

        var call = await _world.Target.CallAsync("/drain");

        Assert.Equal("POST", call.Method);
        Assert.Equal("""{"wake":true}""", call.Body);
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal("send-api.internal", call.Headers["Host"]);
        Assert.Equal("send-drain", call.Headers["X-CloudTasks-QueueName"]);
        Assert.Equal($"{GoogleWorld.Queue}/tasks/{call.Headers["X-CloudTasks-TaskName"]}", made.GetProperty("name").GetString());
        Assert.Equal("0", call.Headers["X-CloudTasks-TaskRetryCount"]);
        Assert.Equal("Google-Cloud-Tasks", call.Headers["User-Agent"]);
        var token = await _world.ValidateAsync(call.Bearer, "/oauth2/v3/certs", "https://accounts.google.com", Audience);
        Assert.True(token.IsValid, token.Exception?.Message);
        Assert.Equal(GoogleWorld.Email("tasks-invoker"), token.Claims["email"]);
        await Poll.UntilAsync(async () => (await CountsAsync()).GetProperty("delivered").GetInt32() == 1);
    }

    [Fact]
    public async Task A_task_that_is_refused_comes_again_and_says_so()
    {
        _world.Target.AnswerNext("/drain", 503, 404);
        await _world.PostAsync(Tasks, Task());

        var third = await _world.Target.CallAsync("/drain", 2);

        Assert.Equal("2", third.Headers["X-CloudTasks-TaskRetryCount"]);
        Assert.Equal("1", third.Headers["X-CloudTasks-TaskExecutionCount"]);
        Assert.Equal("404", third.Headers["X-CloudTasks-TaskPreviousResponse"]);
    }

    [Fact]
    public async Task A_task_is_given_up_after_its_last_attempt()
    {
        _world.Target.AnswerNext("/drain", 500, 500, 500, 500);
        await _world.PostAsync(Tasks, Task());

        await Poll.UntilAsync(async () => (await CountsAsync()).GetProperty("exhausted").GetInt32() == 1);

        Assert.Equal(3, _world.Target.CallsTo("/drain").Count);
        Assert.Equal(0, (await CountsAsync()).GetProperty("queued").GetInt32());
    }

    [Fact]
    public async Task A_name_can_be_used_once()
    {
        var name = $"{GoogleWorld.Queue}/tasks/wake-1";
        await _world.PostAsync("/control/tasks", new { pause = true });
        await _world.PostAsync(Tasks, Task(name));
        var whileQueued = await _world.Http.PostAsJsonAsync(Tasks, Task(name));
        await _world.PostAsync("/control/tasks", new { pause = false });
        await Poll.UntilAsync(async () => (await CountsAsync()).GetProperty("delivered").GetInt32() == 1);
        var afterwards = await _world.Http.PostAsJsonAsync(Tasks, Task(name));

        Assert.Equal(HttpStatusCode.Conflict, whileQueued.StatusCode);
        Assert.Equal("ALREADY_EXISTS", (await GoogleWorld.ErrorAsync(whileQueued)).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, afterwards.StatusCode);
    }

    [Fact]
    public async Task A_task_waits_for_its_schedule_time_and_can_be_deleted_before()
    {
        var later = await _world.PostAsync(Tasks, Task(schedule: DateTimeOffset.UtcNow.AddHours(1)));
        var soon = DateTimeOffset.UtcNow.AddMilliseconds(300);
        await _world.PostAsync(Tasks, Task(schedule: soon));

        await _world.Target.CallAsync("/drain");
        Assert.True(DateTimeOffset.UtcNow >= soon);
        Assert.Equal(1, (await CountsAsync()).GetProperty("queued").GetInt32());
        var path = new Uri($"/v2/{later.GetProperty("name").GetString()}", UriKind.Relative);
        (await _world.Http.DeleteAsync(path)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NotFound, (await _world.Http.DeleteAsync(path)).StatusCode);
        Assert.Equal(0, (await CountsAsync()).GetProperty("queued").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_dispatched_while_the_queue_is_paused()
    {
        await _world.PostAsync("/control/tasks", new { pause = true });
        await _world.PostAsync(Tasks, Task(url: "http://send-api.internal/held"));
        await _world.Http.PostAsync(new Uri($"/control/scheduler/run?name={GoogleWorld.Job}", UriKind.Relative), null);
        await _world.Target.CallAsync("/swept");

        Assert.Empty(_world.Target.CallsTo("/held"));
        await _world.PostAsync("/control/tasks", new { pause = false });
        await _world.Target.CallAsync("/held");
    }

    [Fact]
    public async Task Controls_add_up()
    {
        await _world.PostAsync("/control/tasks", new { drop = 1 });
        await _world.PostAsync("/control/tasks", new { duplicate = 1 });
        var state = await _world.PostAsync("/control/tasks", new { drop = 1 });
        Assert.Equal((2, 1), (state.GetProperty("drop").GetInt32(), state.GetProperty("duplicate").GetInt32()));

        await _world.PostAsync(Tasks, Task());
        await _world.PostAsync(Tasks, Task());
        await Poll.UntilAsync(async () => (await CountsAsync()).GetProperty("dropped").GetInt32() == 2);
        Assert.Empty(_world.Target.CallsTo("/drain"));
        await _world.PostAsync(Tasks, Task());
        await Poll.UntilAsync(async () => (await CountsAsync()).GetProperty("delivered").GetInt32() == 1);

        Assert.Equal(2, _world.Target.CallsTo("/drain").Count);
    }

    [Fact]
    public async Task A_delay_makes_everything_due_later()
    {
        await _world.PostAsync("/control/tasks", new { delayMs = 300 });
        var made = await _world.PostAsync(Tasks, Task());

        await _world.Target.CallAsync("/drain");

        Assert.True(DateTimeOffset.UtcNow - made.GetProperty("createTime").GetDateTimeOffset() >= TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task Tasks_are_lost_in_a_restart()
    {
        await _world.PostAsync(Tasks, Task(schedule: DateTimeOffset.UtcNow.AddHours(1)));
        await _world.RestartAsync();

        Assert.Equal(0, (await CountsAsync()).GetProperty("queued").GetInt32());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"task":{"httpRequest":{}}}""")]
    [InlineData("""{"task":{"httpRequest":{"url":"ftp://x"}}}""")]
    [InlineData("""{"task":{"name":"elsewhere/tasks/a","httpRequest":{"url":"http://x"}}}""")]
    [InlineData("""{"task":{"httpRequest":{"url":"http://x"},"scheduleTime":"2099-01-01T00:00:00Z"}}""")]
    [InlineData("""{"task":{"httpRequest":{"url":"http://x"},"dispatchDeadline":"14s"}}""")]
    [InlineData("""{"task":{"httpRequest":{"url":"http://x","body":"not base64!"}}}""")]
    [InlineData("""not json""")]
    public async Task Refuses_what_cloud_tasks_refuses(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await _world.Http.PostAsync(new Uri(Tasks, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("INVALID_ARGUMENT", (await GoogleWorld.ErrorAsync(answer)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Names_the_permission_that_is_missing_for_an_unknown_account()
    {
        var task = new { task = new { httpRequest = new { url = "http://x", oidcToken = new { serviceAccountEmail = "nobody@x" } } } };

        var answer = await _world.Http.PostAsJsonAsync(Tasks, task);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "iam.serviceAccounts.actAs",
            (await GoogleWorld.ErrorAsync(answer)).GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_queue_is_not_found()
    {
        var answer = await _world.Http.PostAsJsonAsync($"/v2/{GoogleWorld.Project}/locations/europe-west1/queues/other/tasks", Task());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("NOT_FOUND", (await GoogleWorld.ErrorAsync(answer)).GetProperty("status").GetString());
    }

    private async Task<JsonElement> CountsAsync() =>
        (await _world.StateAsync()).GetProperty("tasks").GetProperty("queues").GetProperty(GoogleWorld.Queue);

    private static object Task(string? name = null, DateTimeOffset? schedule = null, string url = "http://send-api.internal/drain") => new
    {
        task = new
        {
            name,
            scheduleTime = schedule,
            dispatchDeadline = "30s",
            httpRequest = new
            {
                url,
                httpMethod = "POST",
                headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
                body = """{"wake":true}"""u8.ToArray(),
                oidcToken = new { serviceAccountEmail = GoogleWorld.Email("tasks-invoker"), audience = Audience },
            },
        },
    };
}
