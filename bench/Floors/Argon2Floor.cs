using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EnergyLoad.Auth;

namespace EnergyLoad.Bench.Floors;

/// <summary>What libargon2 itself does on all cores, with the parameters of new hashes.</summary>
internal static unsafe partial class Argon2Floor
{
    private const int HashBytes = 32;
    private static readonly PasswordOptions Costs = new();

    /// <summary>Hashes for so long; a library needs no time to warm up.</summary>
    public static LoadResult Measure(TimeSpan duration)
    {
        var hashes = 0;
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            var password = RandomNumberGenerator.GetBytes(16);
            var salt = RandomNumberGenerator.GetBytes(16);
            var hash = new byte[HashBytes];
            while (clock.Elapsed < duration)
            {
                if (argon2id_hash_raw(
                    (uint)Costs.Passes, (uint)Costs.MemoryKib, (uint)Costs.Lanes, password, (nuint)password.Length, salt, (nuint)salt.Length,
                    hash, HashBytes) != 0)
                {
                    throw new InvalidOperationException("libargon2 refused.");
                }

                Interlocked.Increment(ref hashes);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return new LoadResult(hashes, clock.Elapsed, [], []);
    }

    [LibraryImport("libargon2.so.1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int argon2id_hash_raw(
        uint passes, uint memory, uint lanes, [In] byte[] password, nuint passwordLength, [In] byte[] salt, nuint saltLength, [Out] byte[] hash, nuint hashLength);
}
