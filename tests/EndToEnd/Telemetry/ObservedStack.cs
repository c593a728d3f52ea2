using EnergyLoad.Testing.Stack;
using EnergyLoad.Testing.Telemetry;

namespace EnergyLoad.EndToEnd.Tests.Telemetry;

/// <summary>One stack whose services export to a collector, for the tests of what is exported.</summary>
[CollectionDefinition(Name)]
public sealed class ObservedStack : RunningStack, IAsyncLifetime, ICollectionFixture<ObservedStack>
{
    public const string Name = "observed stack";
    private OtlpReceiver? _collector;

    public OtlpReceiver Collector => _collector ?? throw new InvalidOperationException("Not initialised.");

    protected override IReadOnlyDictionary<string, string> Settings => Collector.Settings;

    async Task IAsyncLifetime.InitializeAsync()
    {
        _collector = await OtlpReceiver.StartAsync();
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Collector.DisposeAsync();
    }
}
