namespace EnergyLoad.Deployment.Tests.Terraform;

public sealed class StateTests
{
    // What these hold would be in the state as text.
    private static readonly string[] Telling =
    [
        "google_secret_manager_secret_version", "google_service_account_key", "google_apikeys_key", "google_storage_hmac_key",
        "google_sql_ssl_cert", "random_password",
    ];

    private static readonly string[] TellingArguments = ["password", "root_password", "secret_data"];

    public static TheoryData<string> Folders => [.. Infrastructure.Folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_secret_value_gets_into_the_state(string folder)
    {
        var body = Infrastructure.Read(folder);

        Assert.DoesNotContain(body.Of("resource").Concat(body.Of("data")), block => Telling.Contains(block.Labels[0]));
        Assert.DoesNotContain(body.All.SelectMany(block => block.Body.Names), TellingArguments.Contains);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void The_state_lies_in_a_bucket_under_a_prefix_of_its_own(string environment)
    {
        var backend = Assert.Single(Infrastructure.Read(environment).All, block => block.Type == "backend");

        Assert.Equal(["gcs"], backend.Labels);
        Assert.Equal($"\"energyload/{environment}\"", backend.Body["prefix"]);
    }
}
