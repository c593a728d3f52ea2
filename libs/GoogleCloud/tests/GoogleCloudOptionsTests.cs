using EnergyLoad.GoogleCloud.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnergyLoad.GoogleCloud.Tests;

public sealed class GoogleCloudOptionsTests : CloudTest
{
    [Fact]
    public void The_defaults_are_Googles_own_addresses()
    {
        var options = new GoogleCloudOptions { ProjectId = "p", Location = "l" };

        Assert.True(new GoogleCloudOptionsValidator().Validate(null, options).Succeeded);
        Assert.Equal("https://cloudtasks.googleapis.com/", options.TasksUrl.AbsoluteUri);
    }

    [Theory]
    [InlineData("ProjectId", "")]
    [InlineData("Location", "")]
    [InlineData("TasksUrl", "http://tasks.example.com")]
    [InlineData("PubSubUrl", "http://10.0.0.1:8085")]
    [InlineData("StorageUrl", "ftp://127.0.0.1")]
    [InlineData("SecretManagerUrl", "https://user:pass@secretmanager.googleapis.com")]
    [InlineData("KmsUrl", "https://cloudkms.googleapis.com?x=1")]
    [InlineData("IamCredentialsUrl", "/relative")]
    [InlineData("AttemptTimeout", "00:00:00")]
    [InlineData("Deadline", "00:00:01")]
    public void A_fault_of_the_section_is_named_with_its_key(string key, string value)
    {
        using var services = Compose(Server.Url, new Dictionary<string, string?> { [$"GoogleCloud:{key}"] = value });

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GoogleCloudOptions>>().Value);

        Assert.Contains($"GoogleCloud:{key}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        using var services = Compose(Server.Url, new Dictionary<string, string?> { ["GoogleCloud:ProjectId"] = "", ["GoogleCloud:KmsUrl"] = "http://kms.example.com" });

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GoogleCloudOptions>>().Value);

        Assert.Equal(2, fault.Failures.Count());
    }
}
