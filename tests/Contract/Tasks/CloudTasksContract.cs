using System.Diagnostics;
using System.Globalization;
using System.Net;
using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Contract.Tests.Suites;
using EnergyLoad.GoogleCloud;

namespace EnergyLoad.Contract.Tests.Tasks;

/// <summary>What the services rely on in Cloud Tasks.</summary>
public abstract class CloudTasksContract(CloudEndpoint cloud)
{
    private readonly string _id = $"t{Guid.NewGuid():N}";

    protected abstract string Queue { get; }

    private string Path => $"/{_id}";

    private HttpTask Wake => new(cloud.Service.AddressOf(Path), StandIn.Account, "https://send-api.energyload.local");

    [ContractFact]
    public async Task A_task_is_a_POST_that_says_which_task_it_is()
    {
        var created = Assert.IsType<TaskCreation.Created>(await CreateAsync(Wake with { Name = _id }));

        Assert.EndsWith($"queues/{Queue.Split('/')[^1]}/tasks/{_id}", created.Name, StringComparison.Ordinal);
        var call = (await cloud.Service.WaitForAsync(Path, 1))[0];
        Assert.Equal("POST", call.Method);
        Assert.Equal(_id, call.Headers["X-CloudTasks-TaskName"]);
        Assert.EndsWith(Queue.Split('/')[^1], call.Headers["X-CloudTasks-QueueName"].ToString(), StringComparison.Ordinal);
        Assert.Equal("0", call.Headers["X-CloudTasks-TaskRetryCount"]);
        Assert.Equal("0", call.Headers["X-CloudTasks-TaskExecutionCount"]);
        Assert.True(double.TryParse(call.Headers["X-CloudTasks-TaskETA"], CultureInfo.InvariantCulture, out _));
    }

    [ContractFact]
    public async Task A_task_without_a_name_gets_one()
    {
        var first = Assert.IsType<TaskCreation.Created>(await CreateAsync(Wake));
        var second = Assert.IsType<TaskCreation.Created>(await CreateAsync(Wake));

        Assert.NotEqual(first.Name, second.Name);
        var calls = await cloud.Service.WaitForAsync(Path, 2);
        Assert.Equal(2, calls.Select(call => call.Headers["X-CloudTasks-TaskName"].ToString()).Distinct().Count());
    }

    [ContractFact]
    public async Task A_name_in_use_makes_no_second_task()
    {
        var later = Wake with { Name = _id, ScheduleTime = DateTimeOffset.UtcNow.AddHours(1) };
        await CreateAsync(later);

        Assert.IsType<TaskCreation.AlreadyExists>(await CreateAsync(later));
    }

    [ContractFact]
    public async Task A_name_that_was_just_used_makes_no_second_task()
    {
        await CreateAsync(Wake with { Name = _id });
        await cloud.Service.WaitForAsync(Path, 1);

        Assert.IsType<TaskCreation.AlreadyExists>(await CreateAsync(Wake with { Name = _id }));
    }

    [ContractFact]
    public async Task A_task_that_fails_is_tried_again_and_says_so()
    {
        cloud.Service.AnswerNext(Path, 503);

        await CreateAsync(Wake with { Name = _id });

        var again = (await cloud.Service.WaitForAsync(Path, 2))[1];
        Assert.Equal(_id, again.Headers["X-CloudTasks-TaskName"]);
        Assert.Equal("1", again.Headers["X-CloudTasks-TaskRetryCount"]);
        Assert.Equal("0", again.Headers["X-CloudTasks-TaskExecutionCount"]);
        Assert.Equal("503", again.Headers["X-CloudTasks-TaskPreviousResponse"]);
    }

    [ContractFact]
    public async Task A_refusal_by_the_handler_is_tried_again_too()
    {
        cloud.Service.AnswerNext(Path, 404);

        await CreateAsync(Wake);

        var again = (await cloud.Service.WaitForAsync(Path, 2))[1];
        Assert.Equal("1", again.Headers["X-CloudTasks-TaskExecutionCount"]);
        Assert.Equal("404", again.Headers["X-CloudTasks-TaskPreviousResponse"]);
    }

    [ContractFact]
    public async Task A_task_for_later_comes_not_before_its_time()
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(2);

        await CreateAsync(Wake with { ScheduleTime = time });

        Assert.True((await cloud.Service.WaitForAsync(Path, 1))[0].At >= time.AddMilliseconds(-50));
    }

    [ContractFact]
    public async Task A_task_carries_the_trace_of_the_act_that_made_it()
    {
        using var activity = new Activity("accept").SetIdFormat(ActivityIdFormat.W3C).Start();

        await CreateAsync(Wake);

        var call = (await cloud.Service.WaitForAsync(Path, 1))[0];
        Assert.Contains(activity.TraceId.ToHexString(), call.Headers.TraceParent.ToString(), StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task A_task_carries_an_ID_token_of_its_account()
    {
        await CreateAsync(Wake);

        var call = (await cloud.Service.WaitForAsync(Path, 1))[0];
        var token = Google.Apis.Auth.JsonWebSignature.VerifySignedTokenAsync(
            call.Headers.Authorization.ToString()["Bearer ".Length..],
            new Google.Apis.Auth.SignedTokenVerificationOptions
            {
                CertificatesUrl = new Uri(cloud.Http.BaseAddress!, "/oauth2/v3/certs").AbsoluteUri,
                TrustedAudiences = { "https://send-api.energyload.local" },
                TrustedIssuers = { "https://accounts.google.com" },
            });
        Assert.NotNull(await token);
    }

    [ContractFact]
    public async Task A_queue_that_is_not_there_is_named()
    {
        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => cloud.Client<CloudTasksQueue>().CreateAsync("nowhere", Wake, CancellationToken.None));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.EndsWith("/queues/nowhere", refused.Resource, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task An_account_that_the_caller_may_not_act_as_is_refused_with_the_permission()
    {
        var stranger = Wake with { ServiceAccount = "stranger@elsewhere.iam.gserviceaccount.com" };

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(() => CreateAsync(stranger));

        Assert.Equal("iam.serviceAccounts.actAs", refused.Permission);
    }

    private Task<TaskCreation> CreateAsync(HttpTask task) =>
        cloud.Client<CloudTasksQueue>().CreateAsync(Queue, task, CancellationToken.None);
}
