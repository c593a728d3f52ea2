using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Rest;

public sealed class RefusalTests : CloudTest
{
    [Theory]
    [InlineData("send-api@energyload-local.iam.gserviceaccount.com does not have storage.objects.get access to the Google Cloud Storage object.", "storage.objects.get")]
    [InlineData("User not authorized to perform this action.", "pubsub.topics.publish")]
    [InlineData("Permission 'cloudkms.cryptoKeyVersions.useToDecrypt' denied on resource", "cloudkms.cryptoKeyVersions.useToDecrypt")]
    [InlineData("See https://console.developers.google.com/iam for send@p.iam.gserviceaccount.com.", "pubsub.topics.publish")]
    public async Task The_missing_permission_is_taken_from_the_text_or_else_from_the_method(string message, string permission)
    {
        Server.ThenJson(403, $$$"""{"error":{"code":403,"message":"{{{message}}}"}}""");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None));

        Assert.Equal(permission, refused.Permission);
    }

    [Fact]
    public async Task A_service_that_is_switched_off_is_no_matter_of_permissions()
    {
        Server.ThenJson(403, """
            {"error":{"code":403,"status":"PERMISSION_DENIED","message":"Cloud Pub/Sub API has not been used in project 1 before or it is disabled.",
             "details":[{"reason":"SERVICE_DISABLED","domain":"googleapis.com","metadata":{"service":"pubsub.googleapis.com"}}]}}
            """);

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None));

        Assert.Null(refused.Permission);
        Assert.Contains("it is disabled", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_payload_and_the_token_are_in_no_message()
    {
        Server.ThenJson(400, """{"error":{"code":400,"message":"bad"}}""");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<PubSubPublisher>().PublishAsync("t", [new("canary"u8.ToArray())], CancellationToken.None));

        Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ya29", refused.ToString(), StringComparison.Ordinal);
    }
}
