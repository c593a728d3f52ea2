namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Services that cannot start say why, all of it at once, and nothing secret.</summary>
public sealed class StartTests : IDisposable
{
    // EX_CONFIG of sysexits.h.
    private const int Misconfigured = 78;
    private const string SigningKey = "token-signing-key";
    private const string Canary = "canary-value-7Q";
    private const string Nowhere = "http://127.0.0.1:9/";
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("SendApi", "ESight:TokenUrl ESight:WriteUser Delivery:ServiceUrl")]
    [InlineData("ReceiveApi", "Publishing:ServiceUrl")]
    public async Task Every_section_that_is_wrong_is_told_at_once(string service, string ownKeys)
    {
        var (exitCode, output) = await ServiceProcess.RunAsync(service, new Dictionary<string, string> { ["PORT"] = "0" });

        Assert.Equal(Misconfigured, exitCode);
        string[] keys = ["MySql:Host", "MySql:User", "GoogleCloud:ProjectId", "GoogleCloud:Location", "Auth:Issuer", "Audit:HmacKey", "Audit:AnchorBucket"];
        Assert.All(keys, key => Assert.Contains(key, output, StringComparison.Ordinal));
        Assert.All(ownKeys.Split(' '), key => Assert.Contains(key, output, StringComparison.Ordinal));
        Assert.DoesNotContain("Unhandled exception", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SendApi", "database", null)]
    [InlineData("SendApi", "database", $$"""{"user":"{{Canary}}"}""")]
    [InlineData("SendApi", "database", $$"""{"user":"{{Canary}}","password":""}""")]
    [InlineData("SendApi", "esight-read", Canary)]
    [InlineData("SendApi", "esight-write", $$"""["{{Canary}}"]""")]
    [InlineData("SendApi", "audit-key", $$"""{"id":"1","key":"{{Canary}}"}""")]
    [InlineData("SendApi", SigningKey, $$"""{"client_email":"a","private_key_id":"b","private_key":"{{Canary}}"}""")]
    [InlineData("ReceiveApi", SigningKey, null)]
    [InlineData("ReceiveApi", "database", $$"""{"{{Canary}}":1}""")]
    [InlineData("ReceiveApi", "audit-key", null)]
    public async Task A_secret_that_is_missing_or_malformed_is_named_without_its_value_by_a_start_and_by_a_command(
        string service, string secret, string? text)
    {
        var settings = Settings(secret, text);

        foreach (var arguments in new string[][] { [], ["migrate"], ["create-root", "somebody"] })
        {
            var (exitCode, output) = await ServiceProcess.RunAsync(service, settings, arguments);

            Assert.True(exitCode == Misconfigured, output);
            Assert.True(output.Contains($"Secret {secret}: ", StringComparison.Ordinal), output);
            Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
            Assert.DoesNotContain("Unhandled exception", output, StringComparison.Ordinal);
        }
    }

    private Dictionary<string, string> Settings(string secret, string? text)
    {
        var file = Path.Combine(_folder, secret);
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        var settings = new Dictionary<string, string>
        {
            ["PORT"] = "0",
            ["Hosting__Loopback"] = "true",
            ["MySql__Host"] = "127.0.0.1",
            ["MySql__User"] = "nobody",
            ["MySql__Password"] = "nothing",
            ["GoogleCloud__ProjectId"] = "energyload-local",
            ["GoogleCloud__Location"] = "europe-west1",
            ["Import__SourceBucket"] = "source",
            ["Import__SuccessBucket"] = "success",
            ["Import__ErrorBucket"] = "error",
            ["Audit__HmacKey"] = Convert.ToBase64String(new byte[32]),
            ["Auth__Issuer"] = "edm-tokens@energyload-local.iam.gserviceaccount.com",
            ["Auth__Audience"] = Nowhere,
            ["Auth__Callers__Audience"] = Nowhere,
            ["ESight__ReadUser"] = "read",
            ["ESight__ReadPassword"] = "read",
            ["ESight__WriteUser"] = "write",
            ["ESight__WritePassword"] = "write",
            ["Publishing__ArchiveBucket"] = "energyload-response",
            ["Auth__Signer"] = secret == SigningKey ? "Key" : "IamCredentials",
            [$"Secrets__Sources__{secret}"] = $"file:{file}",
        };
        foreach (var caller in new[] { "Gateway", "Tasks", "PubSub", "Scheduler", "Deployer" })
        {
            settings[$"Auth__Callers__{caller}__Email"] = $"{caller}@energyload-local.iam.gserviceaccount.com";
        }

        foreach (var url in new[] { "TokenUrl", "SitesUrl", "MetersUrl", "ConsumptionUrl" })
        {
            settings[$"ESight__{url}"] = Nowhere;
        }

        foreach (var section in new[] { "Delivery", "Publishing" })
        {
            settings[$"{section}__ServiceUrl"] = Nowhere;
            settings[$"{section}__TasksAccount"] = "tasks-invoker@energyload-local.iam.gserviceaccount.com";
            settings[$"{section}__Audience"] = "https://service.energyload.local";
        }

        return settings;
    }
}
