using System.Security.Cryptography;

namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>Every secret of one stack, made at random on the first start and kept with its data.</summary>
internal sealed class StackSecrets
{
    private const int Length = 32;

    /// <summary>Tells names apart from those of other stacks on a shared database server; empty on a private one.</summary>
    public required string Suffix { get; init; }

    public Dictionary<string, string> Database { get; init; } = [];

    public Dictionary<string, string> ApiKeys { get; init; } = [];

    public Dictionary<string, StackUser> Users { get; init; } = [];

    /// <summary>The users are in the database; the root is when it is among <see cref="Users"/>.</summary>
    public bool UsersMade { get; set; }

    public string ESightReadPassword { get; init; } = NewSecret();

    public string ESightWritePassword { get; init; } = NewSecret();

    public string AuditKey { get; init; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <param name="folder">Where they are kept.</param>
    /// <param name="shared">Other stacks may be on the same database server: users are told apart by the stack's suffix.</param>
    public static StackSecrets LoadOrCreate(StateFolder folder, bool shared)
    {
        var secrets = PrivateFile.Read<StackSecrets>(folder.SecretsFile)
            ?? new StackSecrets { Suffix = shared ? $"-{RandomNumberGenerator.GetHexString(6, lowercase: true)}" : "" };
        foreach (var (name, _) in StackUsers.MadeByRoot)
        {
            secrets.Users.TryAdd(name, new StackUser { Username = secrets.NameOf(name), Password = NewSecret() });
        }

        foreach (var name in new[] { ApiKeyNames.Internal, ApiKeyNames.ESight })
        {
            secrets.ApiKeys.TryAdd(name, NewSecret());
        }

        secrets.Save(folder);
        return secrets;
    }

    /// <summary>The secret of that name; a new one when there was none.</summary>
    public static string Of(Dictionary<string, string> secrets, string name)
    {
        if (!secrets.TryGetValue(name, out var secret))
        {
            secrets[name] = secret = NewSecret();
        }

        return secret;
    }

    /// <summary>A user's name on this stack, at most 15 characters, as the original's table takes them.</summary>
    public string NameOf(string user) => user[..Math.Min(user.Length, 15 - Suffix.Length)] + Suffix;

    public static string NewSecret() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    public void Save(StateFolder folder) => PrivateFile.Write(folder.SecretsFile, this);
}
