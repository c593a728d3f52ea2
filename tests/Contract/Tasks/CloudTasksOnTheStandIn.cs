using EnergyLoad.Contract.Tests.Endpoints;

namespace EnergyLoad.Contract.Tests.Tasks;

public sealed class CloudTasksOnTheStandIn(StandIn cloud) : CloudTasksContract(cloud), IClassFixture<StandIn>
{
    protected override string Queue => StandIn.Queue;
}
