using EnergyLoad.Auth.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// ID tokens of callers. Where Cloud Run has checked and removed the signature, and the installation says that nothing reaches the
/// container around that check, the claims alone are read; who they may stand for is decided in <see cref="CallerScheme"/>.
/// </summary>
internal sealed class CallerTokenHandler(CachingTokenHandler signed, bool acceptRemovedSignature) : TokenHandler
{
    private const string Marker = ".SIGNATURE_REMOVED_BY_GOOGLE";

    private readonly JsonWebTokenHandler _unsigned = new() { MapInboundClaims = false };

    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (!IsUnsigned(token))
        {
            return signed.ValidateTokenAsync(token, validationParameters);
        }

        if (!acceptRemovedSignature)
        {
            return Task.FromResult(CachingTokenHandler.Refused("signature removed"));
        }

        if (!TokenForm.TryRead(token, out _, out var fault))
        {
            return Task.FromResult(CachingTokenHandler.Refused(fault));
        }

        var claimsOnly = validationParameters.Clone();
        claimsOnly.SignatureValidator = static (text, _) => new JsonWebToken(text);
        claimsOnly.ValidateIssuerSigningKey = false;
        return _unsigned.ValidateTokenAsync(token, claimsOnly);
    }

    public static bool IsUnsigned(string token) => token.EndsWith(Marker, StringComparison.Ordinal);
}
