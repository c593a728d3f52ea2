using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Auth.Passwords;

/// <summary>Leave to check one password against one stored hash; it holds its share of the memory budget until disposed of.</summary>
internal sealed class HashingTurn(PhcString stored, HashingThreads threads, IDisposable lease) : IDisposable
{
    public Task<bool> VerifyAsync(string password) => threads.RunAsync(() => Verify(password));

    public void Dispose() => lease.Dispose();

    /// <summary>
    /// The original hashed passwords as they were typed. One whose NFKC form differs is therefore tried both ways; how long that takes
    /// depends on what was typed alone, never on who exists.
    /// </summary>
    private bool Verify(string password)
    {
        var normalised = PasswordText.Normalize(password);
        var matches = Matches(normalised);
        if (!string.Equals(normalised, password, StringComparison.Ordinal))
        {
            matches |= Matches(password);
        }

        if (matches)
        {
            // Nothing will be counted that the next in the queue would have to see.
            lease.Dispose();
        }

        return matches;
    }

    private bool Matches(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var hash = Argon2.Hash(bytes, stored.Salt, stored.Parameters, stored.Hash.Length);
            return CryptographicOperations.FixedTimeEquals(hash, stored.Hash);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
