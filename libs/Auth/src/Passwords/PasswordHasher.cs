using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Passwords;

/// <summary>Makes and checks argon2id hashes, a bounded number at once.</summary>
internal sealed class PasswordHasher
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private readonly HashingBudget _budget;

    public PasswordHasher(IOptions<AuthOptions> options)
    {
        var settings = options.Value.Passwords;
        Target = settings.Parameters;
        _budget = new HashingBudget(settings.MemoryBudgetMib * 1024L, settings.Concurrency, settings.QueueLimit);
        Decoy = new PhcString(Target, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));
    }

    public Argon2Parameters Target { get; }

    /// <summary>What is checked when there is no stored hash to check, so that the refusal takes as long; no password fits it.</summary>
    public PhcString Decoy { get; }

    public bool NeedsUpgrade(PhcString stored) => stored.Parameters.IsWeakerThan(Target);

    /// <summary>Waits for a turn to hash with the given stored hash's parameters.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">Too many are waiting already.</exception>
    public async Task<HashingTurn> WaitForTurnAsync(PhcString stored, CancellationToken cancellationToken) =>
        new(stored, await _budget.EnterAsync(stored.Parameters.MemoryKib, cancellationToken));

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        using var lease = await _budget.EnterAsync(Target.MemoryKib, cancellationToken);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var bytes = Encoding.UTF8.GetBytes(PasswordText.Normalize(password));
        try
        {
            var hash = await Task.Run(() => Argon2.Hash(bytes, salt, Target, HashBytes), CancellationToken.None);
            return new PhcString(Target, salt, hash).ToStored();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
