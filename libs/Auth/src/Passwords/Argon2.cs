using System.Runtime.InteropServices;

namespace EnergyLoad.Auth.Passwords;

/// <summary>The reference implementation, libargon2: what existing hashes were made with.</summary>
internal static unsafe partial class Argon2
{
    private const string Library = "libargon2.so.1";
    private const uint Version13 = 0x13;

    public static byte[] Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Argon2Parameters parameters, int length)
    {
        var hash = new byte[length];
        fixed (byte* output = hash, secret = password, grain = salt)
        {
            var context = new Context
            {
                Output = output,
                OutputLength = (uint)length,
                Password = secret,
                PasswordLength = (uint)password.Length,
                Salt = grain,
                SaltLength = (uint)salt.Length,
                Passes = (uint)parameters.Passes,
                MemoryKib = (uint)parameters.MemoryKib,
                Lanes = (uint)parameters.Lanes,
                Threads = (uint)parameters.Lanes,
                Version = Version13,
                Allocate = &HashingMemory.Allocate,
                Free = &HashingMemory.Free,
            };
            var code = Hash(&context);
            return code == 0 ? hash : throw new InvalidOperationException($"libargon2 failed with code {code}.");
        }
    }

    [LibraryImport(Library, EntryPoint = "argon2id_ctx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Hash(Context* context);

    /// <summary>argon2_context of argon2.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Context
    {
        public byte* Output;
        public uint OutputLength;
        public byte* Password;
        public uint PasswordLength;
        public byte* Salt;
        public uint SaltLength;
        public byte* Pepper;
        public uint PepperLength;
        public byte* Data;
        public uint DataLength;
        public uint Passes;
        public uint MemoryKib;
        public uint Lanes;
        public uint Threads;
        public uint Version;
        public delegate* unmanaged[Cdecl]<byte**, nuint, int> Allocate;
        public delegate* unmanaged[Cdecl]<byte*, nuint, void> Free;
        public uint Flags;
    }
}
