using Google.Apis.Auth;
using Google.Apis.Auth.OAuth2;

namespace EnergyLoad.Local.Tests.Google;

public sealed class GoogleLibraryTests(GoogleWorld world) : IClassFixture<GoogleWorld>
{
    private const string Audience = "https://send-api.energyload.local";

    [Fact]
    public async Task Google_s_own_library_takes_it_for_a_metadata_server()
    {
        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", world.Metadata.Authority);
        var credential = await GoogleCredential.GetApplicationDefaultAsync();

        var access = await ((ITokenAccess)credential.CreateScoped("https://www.googleapis.com/auth/cloud-platform")).GetAccessTokenForRequestAsync();
        var identity = await (await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(Audience))).GetAccessTokenAsync();

        Assert.IsType<ComputeCredential>(credential.UnderlyingCredential);
        Assert.StartsWith("ya29.", access, StringComparison.Ordinal);
        var payload = await JsonWebSignature.VerifySignedTokenAsync(identity, new SignedTokenVerificationOptions
        {
            CertificatesUrl = new Uri(world.Address, "/oauth2/v3/certs").ToString(),
            TrustedAudiences = { Audience },
            TrustedIssuers = { "https://accounts.google.com" },
        });
        Assert.Equal("100000000000000000001", payload.Subject);
    }
}
