using System.Runtime.InteropServices;

namespace EnergyLoad.Auth.Passwords;

/// <summary>The reference implementation, libargon2: what existing hashes were made with.</summary>
internal static partial class Argon2
{
    private const string Library = "libargon2.so.1";

    public static byte[] Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Argon2Parameters parameters, int length)
    {
        var hash = new byte[length];
        var code = HashRaw(
            (uint)parameters.Passes,
            (uint)parameters.MemoryKib,
            (uint)parameters.Lanes,
            password,
            (nuint)password.Length,
            salt,
            (nuint)salt.Length,
            hash,
            (nuint)length);
        return code == 0 ? hash : throw new InvalidOperationException($"libargon2 failed with code {code}.");
    }

    [LibraryImport(Library, EntryPoint = "argon2id_hash_raw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int HashRaw(
        uint passes,
        uint memoryKib,
        uint lanes,
        ReadOnlySpan<byte> password,
        nuint passwordLength,
        ReadOnlySpan<byte> salt,
        nuint saltLength,
        Span<byte> hash,
        nuint hashLength);
}
