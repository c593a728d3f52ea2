using System.Text;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>Takes a token apart in the order of Envoy's library, so that the first fault named is the same.</summary>
internal static class JwtParser
{
    public static TokenRefusal? TryParse(string token, out Jwt? jwt)
    {
        jwt = null;
        if (token.Split('.') is not [{ Length: > 0 } first, { Length: > 0 } middle, { Length: > 0 } last])
        {
            return TokenRefusal.BadForm;
        }

        if (JwtHeader.TryRead(first, out var header) is { } badHeader)
        {
            return badHeader;
        }

        if (JwtClaims.TryRead(middle, out var claims) is { } badClaims)
        {
            return badClaims;
        }

        if (!TokenSegment.TryDecode(last, out var signature))
        {
            return TokenRefusal.SignatureNotBase64;
        }

        jwt = new Jwt(header!, claims!, middle, Encoding.ASCII.GetBytes(token, 0, first.Length + 1 + middle.Length), signature);
        return null;
    }
}
