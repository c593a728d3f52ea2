namespace EnergyLoad.Auth.Passwords;

/// <summary>The cost of one argon2id hash.</summary>
/// <param name="MemoryKib">Memory in KiB (m).</param>
/// <param name="Passes">Passes over the memory (t).</param>
/// <param name="Lanes">Lanes (p).</param>
internal readonly record struct Argon2Parameters(int MemoryKib, int Passes, int Lanes)
{
    /// <summary>New hashes, unless configured otherwise; see docs/adr for the choice.</summary>
    public static readonly Argon2Parameters Default = new(46 * 1024, 2, 1);

    /// <summary>OWASP's minimum for argon2id (Password Storage Cheat Sheet).</summary>
    public static readonly Argon2Parameters OwaspMinimum = new(19 * 1024, 2, 1);

    /// <summary>Past these, a stored row is taken for poisoned. The original's rows (102400, 2, 8) are well inside.</summary>
    public static readonly Argon2Parameters Ceiling = new(128 * 1024, 8, 16);

    /// <summary>Memory traffic, in KiB written: what an attacker pays for each guess, and what two settings are compared by.</summary>
    private long Work => (long)MemoryKib * Passes;

    public bool Exceeds(Argon2Parameters limit) =>
        MemoryKib > limit.MemoryKib || Passes > limit.Passes || Lanes > limit.Lanes;

    /// <summary>Whether a hash made with these should be made again with the target's: only ever towards more work.</summary>
    public bool IsWeakerThan(Argon2Parameters target) => Work < target.Work;
}
