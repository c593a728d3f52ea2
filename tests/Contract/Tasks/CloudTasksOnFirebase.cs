using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Contract.Tests.Suites;

namespace EnergyLoad.Contract.Tests.Tasks;

[NeedsFirebaseTools]
[Trait("Category", "Contract")]
[LeavesOut(nameof(A_task_for_later_comes_not_before_its_time), "firebase-tools does not look at scheduleTime")]
[LeavesOut(nameof(A_task_carries_an_ID_token_of_its_account), "firebase-tools sends no ID token")]
[LeavesOut(nameof(An_account_that_the_caller_may_not_act_as_is_refused_with_the_permission), "firebase-tools knows no accounts")]
public sealed class CloudTasksOnFirebase(FirebaseTasks cloud) : CloudTasksContract(cloud), IClassFixture<FirebaseTasks>, IAsyncLifetime
{
    private readonly FirebaseTasks _cloud = cloud;

    protected override string Queue { get; } = $"projects/{CloudEndpoint.ProjectId}/locations/europe-west1/queues/q{Guid.NewGuid():N}";

    // Each fact gets a queue of its own: this emulator forgets no name of a task.
    public Task InitializeAsync() =>
        _cloud.SendAsync(HttpMethod.Post, $"/v2/{Queue}", new { retryConfig = new { maxAttempts = 5, minBackoffSeconds = 0.1 } });

    public Task DisposeAsync() => Task.CompletedTask;
}
