using EnergyLoad.GoogleCloud;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Tokens;

/// <summary>Google signs as the issuer; it makes, publishes and rotates the key.</summary>
internal sealed class IamTokenSigner(IamSigner signer, IOptions<AuthOptions> options) : ITokenSigner
{
    public async Task<string> SignAsync(string payload, CancellationToken cancellationToken) =>
        (await signer.SignJwtAsync(options.Value.Issuer, payload, cancellationToken)).Token;
}
