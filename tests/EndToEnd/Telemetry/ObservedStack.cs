using EnergyLoad.Testing.Stack;
using EnergyLoad.Testing.Telemetry;

namespace EnergyLoad.EndToEnd.Tests.Telemetry;

/// <summary>A stack whose services export to a collector of the test's own.</summary>
public sealed class ObservedStack : RunningStack, IAsyncLifetime
{
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
