using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Auth.Tokens;

/// <summary>The SHA-256 of a token, under which it is remembered.</summary>
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int LongestOnStack = 4096;

    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        // Every character counts: what is not ASCII must not look like what is.
        var most = Encoding.UTF8.GetMaxByteCount(token.Length);
        Span<byte> bytes = most <= LongestOnStack ? stackalloc byte[most] : new byte[most];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }
}
