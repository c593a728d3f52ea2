using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// The memory of one hash, kept for the next: to get it from the system page by page each time costs a tenth of the hash. libargon2
/// wipes it before it gives it back. One piece a processor is kept, of the size of new hashes.
/// </summary>
internal static unsafe class HashingMemory
{
    private const int NoMemory = -22;
    private static readonly nuint KeptBytes = (nuint)Argon2Parameters.OwaspMinimum.MemoryKib * 1024;
    private static readonly ConcurrentBag<nint> Kept = [];

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Allocate(byte** memory, nuint bytes)
    {
        if (bytes == KeptBytes && Kept.TryTake(out var kept))
        {
            *memory = (byte*)kept;
            return 0;
        }

        try
        {
            *memory = (byte*)NativeMemory.Alloc(bytes);
            return 0;
        }
        catch (OutOfMemoryException)
        {
            // No exception may pass through the library.
            *memory = null;
            return NoMemory;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Free(byte* memory, nuint bytes)
    {
        if (bytes == KeptBytes && Kept.Count < Environment.ProcessorCount)
        {
            Kept.Add((nint)memory);
        }
        else
        {
            NativeMemory.Free(memory);
        }
    }
}
