using System.Collections;
using System.Numerics;

namespace EnergyLoad.Auth;

/// <summary>The roles of one user, or those that a route asks for; written as a comma-separated list.</summary>
public readonly record struct RoleSet : IReadOnlyCollection<Role>
{
    private static readonly (Role Role, string Name)[] Names =
    [
        (Role.Root, "root"),
        (Role.Admin, "admin"),
        (Role.Auditor, "auditor"),
        (Role.Backoffice, "backoffice"),
        (Role.Sender, "sender"),
        (Role.ESight, "e_sight"),
        (Role.User, "user"),
    ];

    private readonly uint _bits;

    /// <summary>Makes a set of the given roles.</summary>
    /// <param name="roles">The roles; naming one twice changes nothing.</param>
    public RoleSet(params IEnumerable<Role> roles)
        : this(roles.Aggregate(0u, (bits, role) => bits | Bit(role)))
    {
    }

    private RoleSet(uint bits) => _bits = bits;

    /// <inheritdoc/>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>Every role that there is.</summary>
    public static RoleSet All { get; } = new(Names.Select(entry => entry.Role));

    internal bool IsEmpty => _bits == 0;

    /// <summary>Reads a list such as <c>admin,sender</c>; every word must be a role.</summary>
    /// <param name="text">The list; null is not one.</param>
    /// <param name="roles">The roles, when true is returned.</param>
    /// <returns>False when the list is empty or holds a word that is no role.</returns>
    public static bool TryParse(string? text, out RoleSet roles)
    {
        var bits = 0u;
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (Find(word) is not { } role)
            {
                roles = default;
                return false;
            }

            bits |= Bit(role);
        }

        roles = new RoleSet(bits);
        return true;
    }

    /// <summary>Whether the set holds the role.</summary>
    /// <param name="role">The role looked for.</param>
    public bool Contains(Role role) => (_bits & Bit(role)) != 0;

    /// <summary>Whether the two sets have a role in common.</summary>
    /// <param name="other">The other set.</param>
    public bool Overlaps(RoleSet other) => (_bits & other._bits) != 0;

    /// <inheritdoc/>
    public IEnumerator<Role> GetEnumerator()
    {
        var set = this;
        return Names.Select(entry => entry.Role).Where(set.Contains).GetEnumerator();
    }

    /// <summary>The list as it is stored and shown, such as <c>admin,sender</c>.</summary>
    public override string ToString() => string.Join(',', ToNames());

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Reads a stored list: words that are no role of ours (older installations have some) give no right and are passed over.
    /// </summary>
    internal static RoleSet FromStored(string? text) =>
        new((text ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Find).OfType<Role>());

    internal string[] ToNames()
    {
        var set = this;
        return [.. Names.Where(entry => set.Contains(entry.Role)).Select(entry => entry.Name)];
    }

    /// <summary>
    /// Whether somebody with these roles may act on a user with those: nobody acts on a user whose roles exceed their own.
    /// </summary>
    internal bool MayActOn(RoleSet target) => Rank >= target.Rank;

    private int Rank => Contains(Role.Root) ? 2 : Contains(Role.Admin) ? 1 : 0;

    private static uint Bit(Role role) => 1u << (int)role;

    private static Role? Find(string word)
    {
        foreach (var (role, name) in Names)
        {
            if (string.Equals(word, name, StringComparison.OrdinalIgnoreCase))
            {
                return role;
            }
        }

        return null;
    }
}
