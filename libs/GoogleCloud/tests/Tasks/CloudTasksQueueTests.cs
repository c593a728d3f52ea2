using System.Diagnostics;
using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Tasks;

public sealed class CloudTasksQueueTests : CloudTest
{
    private const string Queue = "projects/energyload-test/locations/europe-west1/queues/send-drain";

    private static HttpTask Task =>
        new("https://send-api.internal/internal/tasks/drain", "tasks-invoker@p.iam.gserviceaccount.com", "https://send-api");

    [Fact]
    public async Task A_task_says_what_to_call_as_whom_and_when()
    {
        Server.ThenJson(200, $$"""{"name":"{{Queue}}/tasks/a1b2"}""");

        var created = await Get<CloudTasksQueue>().CreateAsync(
            Queue,
            Task with { Name = "a1b2", ScheduleTime = new DateTimeOffset(2026, 11, 22, 3, 0, 0, 500, TimeSpan.FromHours(1)), DispatchDeadline = TimeSpan.FromSeconds(30) },
            CancellationToken.None);

        Assert.Equal(new TaskCreation.Created($"{Queue}/tasks/a1b2"), created);
        var seen = Assert.Single(Server.Seen);
        Assert.Equal("POST", seen.Method);
        Assert.Equal($"/v2/{Queue}/tasks", seen.Target);
        Assert.Equal("Bearer ya29.test", seen.Headers.Authorization);
        var task = seen.Json.GetProperty("task");
        Assert.Equal($"{Queue}/tasks/a1b2", task.GetProperty("name").GetString());
        Assert.Equal("2026-11-22T02:00:00.5+00:00", task.GetProperty("scheduleTime").GetString());
        Assert.Equal("30s", task.GetProperty("dispatchDeadline").GetString());
        var request = task.GetProperty("httpRequest");
        Assert.Equal("https://send-api.internal/internal/tasks/drain", request.GetProperty("url").GetString());
        Assert.Equal("POST", request.GetProperty("httpMethod").GetString());
        Assert.Equal(
            "tasks-invoker@p.iam.gserviceaccount.com", request.GetProperty("oidcToken").GetProperty("serviceAccountEmail").GetString());
        Assert.Equal("https://send-api", request.GetProperty("oidcToken").GetProperty("audience").GetString());
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_sent()
    {
        Server.ThenJson(200, $$"""{"name":"{{Queue}}/tasks/1"}""");

        await Get<CloudTasksQueue>().CreateAsync("send-drain", Task, CancellationToken.None);

        var task = Assert.Single(Server.Seen).Json.GetProperty("task");
        Assert.Equal(["httpRequest"], task.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_name_in_use_is_an_outcome()
    {
        Server.ThenJson(409, """{"error":{"code":409,"message":"The task cannot be created because a task with this name existed too recently.","status":"ALREADY_EXISTS"}}""");

        var created = await Get<CloudTasksQueue>().CreateAsync("send-drain", Task with { Name = "a1" }, CancellationToken.None);

        Assert.Equal(new TaskCreation.AlreadyExists(), created);
    }

    [Fact]
    public async Task A_task_carries_the_trace_of_the_act_that_made_it()
    {
        Server.ThenJson(200, $$"""{"name":"{{Queue}}/tasks/1"}""");
        using var activity = new Activity("accept").SetIdFormat(ActivityIdFormat.W3C).Start();

        await Get<CloudTasksQueue>().CreateAsync("send-drain", Task, CancellationToken.None);

        var headers = Assert.Single(Server.Seen).Json.GetProperty("task").GetProperty("httpRequest").GetProperty("headers");
        Assert.Contains(activity.TraceId.ToHexString(), headers.GetProperty("traceparent").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(1801)]
    public async Task A_dispatch_deadline_outside_of_what_Cloud_Tasks_takes_is_refused_before_it_is_sent(int seconds)
    {
        var task = Task with { DispatchDeadline = TimeSpan.FromSeconds(seconds) };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Get<CloudTasksQueue>().CreateAsync("send-drain", task, CancellationToken.None));

        Assert.Empty(Server.Seen);
    }

    [Fact]
    public async Task A_missing_right_to_act_as_the_account_is_named()
    {
        Server.ThenJson(403, """
            {"error":{"code":403,"status":"PERMISSION_DENIED",
             "message":"The principal (user or service account) lacks IAM permission \"iam.serviceAccounts.actAs\" for the resource \"tasks-invoker@p.iam.gserviceaccount.com\" (or the resource may not exist)."}}
            """);

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<CloudTasksQueue>().CreateAsync("send-drain", Task, CancellationToken.None));

        Assert.Equal("iam.serviceAccounts.actAs", refused.Permission);
        Assert.Equal(Queue, refused.Resource);
        Assert.False(refused.IsTransient);
        Assert.Single(Server.Seen);
    }
}
