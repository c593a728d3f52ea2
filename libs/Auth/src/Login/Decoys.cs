using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Users;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Login;

/// <summary>
/// What is hashed for a name that nobody has. Stored hashes cost differently (the original's ten times ours), and their cost shows in the
/// time; so an unknown name is given the cost of some stored hash, as often as users have it, and always the same for one name, on every
/// instance.
/// </summary>
internal sealed class Decoys(Database database, PasswordHasher hasher, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private volatile Snapshot? _current;

    /// <summary>The decoy of the name. Ask for it whether somebody has the name or not.</summary>
    public async Task<PhcString> ForAsync(Username name, CancellationToken cancellationToken)
    {
        if (_current is not { } snapshot || time.GetElapsedTime(snapshot.ReadAt) > Lifetime)
        {
            _current = snapshot = await ReadAsync(cancellationToken);
        }

        return snapshot.Pick(name) ?? hasher.Decoy;
    }

    // Which name gets which cost must not be foreseeable from outside, and the same on all instances: a stored hash is the key.
    private const string ReadKey = "SELECT password FROM user_auth_roles ORDER BY seq LIMIT 1";

    private const string ReadCosts = """
        SELECT SUBSTRING_INDEX(password, '$', 4) AS costs, COUNT(*) AS users FROM user_auth_roles GROUP BY costs ORDER BY costs
        """;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var key = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(ReadKey, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<(string Costs, long Users)>(
            new CommandDefinition(ReadCosts, cancellationToken: cancellationToken));
        var costs =
            from row in rows
            let decoy = hasher.DecoyOf(row.Costs)
            where decoy is not null
            select (decoy, row.Users);
        return new Snapshot(time.GetTimestamp(), Encoding.UTF8.GetBytes(key ?? ""), [.. costs]);
    }

    private sealed record Snapshot(long ReadAt, byte[] Key, (PhcString Decoy, long Users)[] Costs)
    {
        public PhcString? Pick(Username name)
        {
            var total = (ulong)Costs.Sum(entry => entry.Users);
            if (total == 0)
            {
                return null;
            }

            var place = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(name.Value))) % total;
            foreach (var (decoy, users) in Costs)
            {
                if (place < (ulong)users)
                {
                    return decoy;
                }

                place -= (ulong)users;
            }

            return null;
        }
    }
}
