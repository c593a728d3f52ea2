using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Local.ESight.Access;

/// <summary>One user name and password, compared with what an Authorization header says (RFC 7617).</summary>
internal sealed class BasicCredentials(string user, string password)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes($"{user}:{password}");

    public bool Match(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { Length: > 0 } encoded)
        {
            return false;
        }

        var given = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), _expected);
    }
}
