using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.Testing;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Tests;

public sealed class OptionsTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly TestDatabase _database = fixture.Database;

    [Theory]
    [InlineData("Auth:Issuer", "")]
    [InlineData("Auth:Issuer", "not an e-mail")]
    [InlineData("Auth:Audience", "")]
    [InlineData("Auth:JwksUrl", "http://keys.example/jwk")]
    [InlineData("Auth:TokenLifetime", "1.00:00:00")]
    [InlineData("Auth:TokenLifetime", "00:00:10")]
    [InlineData("Auth:TrustedHops", "-1")]
    [InlineData("Auth:MsisdnHeader", "not a header")]
    [InlineData("Auth:Callers:JwksUrl", "file:///etc/passwd")]
    [InlineData("Auth:Callers:Audience", "")]
    [InlineData("Auth:Callers:Tasks:Email", "tasks")]
    [InlineData("Auth:Callers:Tasks:UniqueId", "tasks")]
    [InlineData("Auth:Passwords", "", "Auth:Passwords:MemoryKib", "1024")]
    [InlineData("Auth:Passwords", "", "Auth:Passwords:Passes", "1")]
    [InlineData("Auth:Passwords", "", "Auth:Passwords:MemoryKib", "1000000")]
    [InlineData("Auth:Passwords:MemoryBudgetMib", "64")]
    [InlineData("Auth:Passwords:Concurrency", "0")]
    [InlineData("Auth:LoginLimits", "", "Auth:LoginLimits:FreeFailuresPerName", "0")]
    [InlineData("Auth:LoginLimits", "", "Auth:LoginLimits:LongestWait", "00:00:01")]
    [InlineData("Auth:LoginLimits:KnownFor", "00:00:00")]
    public async Task A_service_does_not_start_with_a_wrong_setting_and_says_which(
        string named, string value, string? key = null, string? keyValue = null)
    {
        Assert.Contains(named, await FaultsAsync(new() { [key ?? named] = keyValue ?? value }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var faults = await FaultsAsync(new()
        {
            ["Auth:Issuer"] = "",
            ["Auth:Audience"] = "",
            ["Auth:Callers:Audience"] = "",
            ["Auth:Callers:Gateway:Email"] = "",
            ["Auth:Callers:Gateway:UniqueId"] = "",
            ["Auth:TrustedHops"] = "99",
        });

        foreach (var key in new[] { "Auth:Issuer", "Auth:Audience", "Auth:Callers:Audience", "Auth:Callers:Gateway", "Auth:TrustedHops" })
        {
            Assert.Contains(key, faults, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_defaults_are_those_that_the_documentation_states()
    {
        var options = new AuthOptions();

        Assert.Equal(TimeSpan.FromHours(1), options.TokenLifetime);
        Assert.Equal(TokenSigner.IamCredentials, options.Signer);
        Assert.False(options.Callers.AcceptRemovedSignature);
        Assert.Equal("https://www.googleapis.com/oauth2/v3/certs", options.Callers.JwksUrl);
        Assert.Equal((5, 20), (options.LoginLimits.FreeFailuresPerName, options.LoginLimits.FreeFailuresPerAddress));
        Assert.Equal((47104, 2, 1), (options.Passwords.MemoryKib, options.Passwords.Passes, options.Passwords.Lanes));
    }

    private async Task<string> FaultsAsync(Dictionary<string, string?> settings)
    {
        var (app, _) = RunningService.Build(_database, await FakeGoogle.GetAsync(), settings);
        await using (app)
        {
            return (await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync())).Message;
        }
    }
}
