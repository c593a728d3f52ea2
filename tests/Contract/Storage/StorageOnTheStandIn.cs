using EnergyLoad.Contract.Tests.Endpoints;

namespace EnergyLoad.Contract.Tests.Storage;

public sealed class StorageOnTheStandIn(StandIn cloud) : StorageContract(cloud), IClassFixture<StandIn>;
