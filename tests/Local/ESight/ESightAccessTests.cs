using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.ESight;

public sealed class ESightAccessTests(ESightWorld world) : IClassFixture<ESightWorld>
{
    [Fact]
    public async Task The_token_opens_the_lists()
    {
        var sites = await world.GetAsync("/sites", new AuthenticationHeaderValue("Bearer", await TokenAsync()));

        Assert.Equal("""[{"SiteCode":"LU_VPC"}]""", await sites.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Lists_are_replaced_and_stay_replaced_after_a_restart()
    {
        await world.Http.PutAsJsonAsync("/control/meters", new[] { "HU_1001_Elec_2", "HU_1001_Elec_3" });
        await world.RestartAsync();

        var meters = await world.GetAsync("/meters", new AuthenticationHeaderValue("Bearer", await TokenAsync()));

        Assert.Equal("""[{"MeterCode":"HU_1001_Elec_2"},{"MeterCode":"HU_1001_Elec_3"}]""", await meters.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("reader", "wrong")]
    [InlineData("writer", "write-password")]
    [InlineData("", "")]
    public async Task No_token_for_other_credentials_than_the_reader_s(string user, string password)
    {
        var answer = await world.GetAsync("/token", ESightWorld.Basic(user, password));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task No_list_without_a_token_that_was_issued()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync("/sites", null)).StatusCode);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await world.GetAsync("/meters", new AuthenticationHeaderValue("Bearer", "made-up"))).StatusCode);
    }

    [Fact]
    public async Task A_token_does_not_survive_a_restart()
    {
        var token = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        await world.RestartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await world.GetAsync("/sites", token)).StatusCode);
    }

    [Fact]
    public async Task A_post_with_the_wrong_password_is_refused_and_still_in_the_books()
    {
        var answer = await world.PostAsync(ESightWorld.Message("electricity_lu_refused", "1"), password: "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var line = (await world.LinesAsync()).Single(line => line.GetProperty("messageId").GetString() == "electricity_lu_refused");
        Assert.Equal(401, line.GetProperty("status").GetInt32());
    }

    private async Task<string> TokenAsync()
    {
        var answer = await world.GetAsync("/token", ESightWorld.Basic("reader", "read-password"));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}
