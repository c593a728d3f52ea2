using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class MessageIdentityTests
{
    private const string Id = "01929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f";

    [Theory]
    [InlineData("electricity_lu_20221001_000123_" + Id, "electricity", "lu")]
    [InlineData("electricity_lu_a_b_c_d_e_" + Id, "electricity", "lu")]
    [InlineData("water-cold_hu_x_" + Id, "water-cold", "hu")]
    [InlineData("electricity_lu_" + Id, "electricity", "lu")]
    public void Feed_and_market_are_the_first_two_parts_however_many_underscores_follow(string messageId, string feed, string market) =>
        Assert.Equal(new MessageIdentity(feed, market, Guid.Parse(Id)), MessageIdentity.Of(messageId));

    [Theory]
    [InlineData("")]
    [InlineData(Id)]
    [InlineData("electricity_lu_20221001")]
    [InlineData("electricity_lu_ " + Id)]
    [InlineData("electricity_lu_{" + Id + "}")]
    [InlineData("electricity_lu_0x929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f")]
    [InlineData("electricity_lu_01929a3e7c1d7b2f9d550a1b2c3d4e5f")]
    public void Only_a_plain_UUID_after_the_last_underscore_is_a_send_id(string messageId) =>
        Assert.Null(MessageIdentity.Of(messageId).SendId);

    [Theory]
    [InlineData("electricity__lu_" + Id)]
    [InlineData("_electricity_lu_" + Id)]
    [InlineData("ele ctricity_lu_" + Id)]
    [InlineData("a-b-c_lu_" + Id)]
    public void A_start_that_is_not_feed_and_market_still_tells_its_send_id(string messageId) =>
        Assert.Equal(new MessageIdentity(null, null, Guid.Parse(Id)), MessageIdentity.Of(messageId));
}
