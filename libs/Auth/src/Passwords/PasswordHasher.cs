using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Passwords;

/// <summary>Makes and checks argon2id hashes, a bounded number at once.</summary>
internal sealed class PasswordHasher : IDisposable
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private readonly HashingBudget _budget;
    private readonly HashingThreads _threads;

    public PasswordHasher(IOptions<AuthOptions> options)
    {
        var settings = options.Value.Passwords;
        Target = settings.Parameters;
        _budget = new HashingBudget(settings.MemoryBudgetMib * 1024L, settings.Concurrency, settings.QueueLimit);
        _threads = new HashingThreads(settings.Concurrency);
        Decoy = new PhcString(Target, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));
    }

    public Argon2Parameters Target { get; }

    /// <summary>What is checked in an installation without users; no password fits it.</summary>
    public PhcString Decoy { get; }

    /// <summary>
    /// A hash of the given costs (the stored form up to them) that no password fits; null when they are none that we would compute.
    /// </summary>
    public PhcString? DecoyOf(string costs) =>
        PhcString.TryParse($"{costs}{Decoy.SaltAndHash}", out var decoy) ? decoy : null;

    public bool NeedsUpgrade(PhcString stored) => stored.Parameters.IsWeakerThan(Target);

    /// <summary>Waits for a turn to hash with the given stored hash's parameters; who goes first does so before those who do not.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">Too many are waiting already.</exception>
    public async Task<HashingTurn> WaitForTurnAsync(PhcString stored, bool goesFirst, CancellationToken cancellationToken) =>
        new(stored, _threads, await _budget.EnterAsync(stored.Parameters.MemoryKib, goesFirst, cancellationToken));

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        using var lease = await _budget.EnterAsync(Target.MemoryKib, goesFirst: true, cancellationToken);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var bytes = Encoding.UTF8.GetBytes(PasswordText.Normalize(password));
        try
        {
            var hash = await _threads.RunAsync(() => Argon2.Hash(bytes, salt, Target, HashBytes));
            return new PhcString(Target, salt, hash).ToStored();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public void Dispose() => _threads.Dispose();
}
