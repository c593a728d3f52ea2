using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Tests;

public sealed class SendIdTests
{
    [Fact]
    public void Ids_of_a_batch_grow_even_when_the_clock_steps_back()
    {
        var now = DateTimeOffset.UtcNow;

        var ids = SendId.Batch(now, 10_000).Concat(SendId.Batch(now.AddMinutes(-1), 10)).Select(id => id.ToString()).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_is_a_uuid_of_version_7_and_survives_its_bytes()
    {
        var id = SendId.Batch(DateTimeOffset.UtcNow, 1)[0];

        Assert.Equal(7, id.Value.Version);
        Assert.InRange(id.Value.Variant, 8, 11);
        Assert.Equal(id, SendId.FromBytes(id.ToBytes()));
        Assert.True(SendId.TryParse(id.ToString(), out var parsed) && parsed == id);
    }

    [Fact]
    public void The_floor_of_an_instant_is_below_its_ids_and_above_earlier_ones()
    {
        var now = new DateTimeOffset(2039, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var id = SendId.Batch(DateTimeOffset.UtcNow, 1)[0];

        Assert.True(string.CompareOrdinal(SendId.FloorOf(now).ToString(), id.ToString()) > 0);
        Assert.True(string.CompareOrdinal(SendId.FloorOf(DateTimeOffset.UtcNow.AddMinutes(-1)).ToString(), id.ToString()) < 0);
    }
}
