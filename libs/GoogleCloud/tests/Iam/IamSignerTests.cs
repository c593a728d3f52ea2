using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Iam;

public sealed class IamSignerTests : CloudTest
{
    private const string Account = "edm-tokens@energyload-test.iam.gserviceaccount.com";

    [Fact]
    public async Task Claims_come_back_signed()
    {
        Server.ThenJson(200, """{"keyId":"k1","signedJwt":"h.p.s"}""");

        var jwt = await Get<IamSigner>().SignJwtAsync(Account, """{"sub":"x"}""", CancellationToken.None);

        Assert.Equal(new SignedJwt("k1", "h.p.s"), jwt);
        var seen = Assert.Single(Server.Seen);
        Assert.Equal($"/v1/projects/-/serviceAccounts/{Account}:signJwt", seen.Target);
        Assert.Equal("""{"sub":"x"}""", seen.Json.GetProperty("payload").GetString());
        Assert.DoesNotContain("h.p.s", jwt.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_permission_that_is_missing()
    {
        Server.ThenJson(403, """
            {"error":{"code":403,"message":"Permission 'iam.serviceAccounts.signJwt' denied on resource (or it may not exist).","status":"PERMISSION_DENIED",
             "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"IAM_PERMISSION_DENIED","domain":"iam.googleapis.com",
             "metadata":{"permission":"iam.serviceAccounts.signJwt"}}]}}
            """);

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<IamSigner>().SignJwtAsync(Account, "{}", CancellationToken.None));

        Assert.Equal("iam.serviceAccounts.signJwt", refused.Permission);
        Assert.Contains("lacks iam.serviceAccounts.signJwt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_a_fault()
    {
        Server.ThenJson(200, """{"keyId":"k1"}""");

        await Assert.ThrowsAsync<GoogleCloudException>(() => Get<IamSigner>().SignJwtAsync(Account, "{}", CancellationToken.None));
    }
}
