using System.Text.Json;
using EnergyLoad.Local.Launcher.Demo;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class SampleDayTests
{
    [Fact]
    public void Each_meter_has_one_message_with_its_48_half_hours()
    {
        var messages = SampleDay.Messages(0);
        Assert.Equal(SampleDay.Meters.Count, messages.Count);
        foreach (var message in messages)
        {
            using var json = JsonDocument.Parse(message.Body);
            var values = json.RootElement.GetProperty("gatewayData").GetProperty("datapointValues");
            Assert.Equal(SampleDay.ReadingsPerDay, values.GetArrayLength());
            Assert.Equal(message.MessageId, json.RootElement.GetProperty("header").GetProperty("messageId").GetString());
            Assert.EndsWith(
                $":{message.Meter.Code}",
                json.RootElement.GetProperty("header").GetProperty("gatewayUrn").GetString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_few_readings_are_negative_and_the_others_are_not()
    {
        for (var day = 0; day < 400; day++)
        {
            var meters = SampleDay.Messages(day).Where(message => message.Readings.Any(reading => reading.WillBeRejected)).ToList();
            Assert.All(meters, message => Assert.True(message.Meter.FeedsBack));
            Assert.NotEmpty(meters);
            Assert.All(meters, message => Assert.Contains(message.Readings, reading => !reading.WillBeRejected));
        }
    }

    [Fact]
    public void No_day_repeats_a_message_id_of_another()
    {
        var ids = Enumerable.Range(0, 400).SelectMany(day => SampleDay.Messages(day)).Select(message => message.MessageId).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_same_day_is_the_same_to_the_byte() =>
        Assert.Equal(SampleDay.Messages(3).Select(message => message.Body), SampleDay.Messages(3).Select(message => message.Body));
}
