using System.Diagnostics.Metrics;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Hosting;

public sealed class SettledLagTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    [Fact]
    public async Task What_has_settled_and_is_not_shown_as_settled_lags_until_it_is()
    {
        var shown = await DeliveredAsync("shown");
        await world.ProjectAsync();
        var pending = await world.AcceptAsync(new("pending") { Meter = "pending" });
        await world.ProjectAsync();
        await world.DeliverAsync();
        await SettleAsync(shown, secondsAgo: 5_000);
        Assert.Equal(0, await LagAsync());

        await SettleAsync(pending, secondsAgo: 700);
        Assert.InRange(await LagAsync(), 700, 800);

        var unseen = await DeliveredAsync("unseen");
        await SettleAsync(unseen, secondsAgo: 900);
        Assert.InRange(await LagAsync(), 900, 1_000);

        await world.ProjectAsync();
        Assert.Equal(0, await LagAsync());
    }

    private async Task<SendId> DeliveredAsync(string name)
    {
        var id = await world.AcceptAsync(new(name) { Meter = name });
        await world.DeliverAsync();
        return id;
    }

    private Task<int> SettleAsync(SendId id, int secondsAgo) => world.ExecuteAsync(
        "UPDATE messages SET settles_at = UTC_TIMESTAMP(6) - INTERVAL @secondsAgo SECOND WHERE id = @id AND state = 2", new { id = id.ToBytes(), secondsAgo });

    private async Task<double> LagAsync()
    {
        await world.Get<SendLevels>().ReadAsync(CancellationToken.None);
        var meters = world.Get<IMeterFactory>();
        var lag = double.NaN;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "energyload.messages.settled.lag")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => lag = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return lag;
    }
}
