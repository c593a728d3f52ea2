using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Contract.Tests.Suites;

namespace EnergyLoad.Contract.Tests.PubSub;

[NeedsPubSubEmulator]
[Trait("Category", "Contract")]
public sealed class PubSubOnGooglesEmulator(PubSubEmulator cloud) : PubSubContract(cloud), IClassFixture<PubSubEmulator>;
