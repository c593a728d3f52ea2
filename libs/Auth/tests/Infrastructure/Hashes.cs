using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Auth.Passwords;

namespace EnergyLoad.Auth.Tests.Infrastructure;

internal static class Hashes
{
    /// <summary>What the original would have stored.</summary>
    public static readonly Argon2Parameters Original = new(102400, 2, 8);

    public static string Of(string password, Argon2Parameters parameters)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PhcString(parameters, salt, Argon2.Hash(Encoding.UTF8.GetBytes(password), salt, parameters, 32)).ToStored();
    }
}
