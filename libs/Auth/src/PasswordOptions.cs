using EnergyLoad.Auth.Passwords;

namespace EnergyLoad.Auth;

/// <summary>How passwords are hashed and which are refused.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// Memory of a new hash in KiB; 47104 by default. Less work than OWASP's minimum, 19456 with 2 passes, is refused at start.
    /// </summary>
    public int MemoryKib { get; set; } = Argon2Parameters.Default.MemoryKib;

    /// <summary>Passes of a new hash; 2 by default.</summary>
    public int Passes { get; set; } = Argon2Parameters.Default.Passes;

    /// <summary>Lanes of a new hash; 1 by default.</summary>
    public int Lanes { get; set; } = Argon2Parameters.Default.Lanes;

    /// <summary>
    /// Memory that all hashes under way may take together, in MiB; 256 by default, at least 128 (the ceiling of one stored hash).
    /// </summary>
    public int MemoryBudgetMib { get; set; } = 256;

    /// <summary>How many hashes are computed at once; the number of cores by default.</summary>
    public int Concurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>How many may wait for their turn before the next is answered 503; 128 by default.</summary>
    public int QueueLimit { get; set; } = 128;

    /// <summary>Words of the company and its products that a password must not be made of; added to the built-in ones.</summary>
    public IList<string> ContextWords { get; } = [];

    internal Argon2Parameters Parameters => new(MemoryKib, Passes, Lanes);
}
