using EnergyLoad.Contract.Tests.Endpoints;

namespace EnergyLoad.Contract.Tests.PubSub;

public sealed class PubSubOnTheStandIn(StandIn cloud) : PubSubContract(cloud), IClassFixture<StandIn>;
