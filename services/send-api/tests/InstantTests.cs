using System.Text;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Tests;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2022-10-01T00:00:00Z", "2022-10-01T00:00:00.0000000")]
    [InlineData("2022-10-01t00:00:00z", "2022-10-01T00:00:00.0000000")]
    [InlineData("2022-10-30T01:00:00+02:00", "2022-10-29T23:00:00.0000000")]
    [InlineData("2022-10-30T01:00:00-05:30", "2022-10-30T06:30:00.0000000")]
    [InlineData("2022-10-01T00:00:00.5Z", "2022-10-01T00:00:00.5000000")]
    [InlineData("2022-10-01T00:00:00.123456789Z", "2022-10-01T00:00:00.1234567")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.0000000")]
    public void A_date_time_with_an_offset_is_an_instant(string text, string utc)
    {
        Assert.True(Instant.TryParse(Encoding.UTF8.GetBytes(text), out var ticks));
        Assert.Equal(utc, new DateTime(ticks, DateTimeKind.Unspecified).ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2022-10-01")]
    [InlineData("2022-10-01T00:00:00")]
    [InlineData("2022-10-01 00:00:00Z")]
    [InlineData("2022-10-01T00:00Z")]
    [InlineData("2022-10-01T24:00:00Z")]
    [InlineData("2022-10-01T00:60:00Z")]
    [InlineData("2022-10-01T00:00:60Z")]
    [InlineData("2022-02-29T00:00:00Z")]
    [InlineData("2022-00-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("2022-10-01T00:00:00.Z")]
    [InlineData("2022-10-01T00:00:00+2:00")]
    [InlineData("2022-10-01T00:00:00+0200")]
    [InlineData("2022-10-01T00:00:00+24:00")]
    [InlineData("2022-10-01T00:00:00ZZ")]
    [InlineData("2022-10-01T00:00:00é")]
    [InlineData("２０２２-10-01T00:00:00Z")]
    public void Anything_else_is_not(string text) => Assert.False(Instant.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
