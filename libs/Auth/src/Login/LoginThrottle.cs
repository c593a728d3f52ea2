using System.Data.Common;
using Dapper;
using EnergyLoad.Auth.Users;
using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Login;

/// <summary>
/// Counts failed logins by name, by address and by the pair of both, in the database and by its clock, so that every instance counts alike.
/// A pair that has logged in lately answers for its own failures alone: nobody can lock a user out from elsewhere.
/// </summary>
internal sealed class LoginThrottle(Database database, IOptions<AuthOptions> options)
{
    private const int PurgeBatch = 500;
    private readonly LoginLimitOptions _limits = options.Value.LoginLimits;
    private long _counted;

    /// <summary>
    /// How many failures this instance has counted: while it stays the same, what was read of the counts is not worth reading again.
    /// </summary>
    public long Counted => Volatile.Read(ref _counted);

    private const string ReadState = """
        SELECT subject, TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), blocked_until) AS wait, 0 AS days
          FROM login_throttle WHERE subject IN @subjects
        UNION ALL
        SELECT NULL, 0, TIMESTAMPDIFF(DAY, last_success_at, UTC_TIMESTAMP(6)) FROM login_known
         WHERE subject = @pair AND last_success_at > UTC_TIMESTAMP(6) - INTERVAL @knownFor SECOND
        """;

    /// <summary>Who the attempt names, null for nobody, and how it stands, in one round trip.</summary>
    public async Task<(UserRow? User, ThrottleState State)> ReadWithUserAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var who = attempt.Subjects;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = ParametersOf(who);
        parameters.Add("name", attempt.Name.Value);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition($"{UserStore.SelectByName}; {ReadState}", parameters, cancellationToken: cancellationToken));
        var user = await results.ReadSingleOrDefaultAsync<UserRow>();
        return (user, StateOf(who, (await results.ReadAsync<StateRow>()).AsList()));
    }

    /// <summary>Whether the attempt has to wait, and what a success would have to reset.</summary>
    public async Task<ThrottleState> ReadAsync(LoginSubjects who, CancellationToken cancellationToken) =>
        StateOf(who, await database.QueryAsync<StateRow>(ReadState, ParametersOf(who), cancellationToken));

    private DynamicParameters ParametersOf(LoginSubjects who) => new(new
    {
        subjects = new[] { who.Name, who.Address, who.Pair },
        pair = who.Pair,
        knownFor = (long)_limits.KnownFor.TotalSeconds,
    });

    private static ThrottleState StateOf(LoginSubjects who, List<StateRow> rows)
    {
        var known = rows.Find(row => row.Subject is null);
        var blocked = known is null
            ? BlockOf(rows, who.Name, "Name") ?? BlockOf(rows, who.Address, "Address")
            : BlockOf(rows, who.Pair, "Pair");
        return new ThrottleState(
            blocked, HasFailures: rows.Exists(row => row.Is(who.Name) || row.Is(who.Pair)), IsKnownOfLate: known?.Days == 0);
    }

    // MySQL and MariaDB assign from left to right: blocked_until sees the new count.
    private const string CountFailure = """
        INSERT INTO login_throttle (subject, failures, last_failure_at, blocked_until)
        VALUES (@subject, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL IF(1 < @free, 0, @first * 1000000) MICROSECOND)
        ON DUPLICATE KEY UPDATE
          failures = IF(last_failure_at < UTC_TIMESTAMP(6) - INTERVAL @memory SECOND, 1, failures + 1),
          last_failure_at = UTC_TIMESTAMP(6),
          blocked_until = IF(failures < @free, UTC_TIMESTAMP(6),
            UTC_TIMESTAMP(6) + INTERVAL LEAST(@longest, @first * POW(2, LEAST(failures - @free, 30))) * 1000000 MICROSECOND)
        """;

    /// <summary>Counts a failure for the name, the address and the pair.</summary>
    public async Task CountFailureAsync(LoginSubjects who, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            async (transaction, token) =>
            {
                foreach (var (subject, free) in InOneOrder(who))
                {
                    var parameters = new
                    {
                        subject,
                        free,
                        memory = (long)_limits.Memory.TotalSeconds,
                        first = _limits.FirstWait.TotalSeconds,
                        longest = _limits.LongestWait.TotalSeconds,
                    };
                    await transaction.Connection!.ExecuteAsync(
                        new CommandDefinition(CountFailure, parameters, transaction, cancellationToken: token));
                }
            },
            cancellationToken);
        Interlocked.Increment(ref _counted);
    }

    private const string Forgive = "DELETE FROM login_throttle WHERE subject IN @subjects";

    private const string RememberPair = """
        INSERT INTO login_known (subject, last_success_at) VALUES (@pair, UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE last_success_at = UTC_TIMESTAMP(6)
        """;

    /// <summary>
    /// Resets the name and the pair. The address keeps its failures: a good login of one's own must not pay for guesses at others'.
    /// </summary>
    public static async Task ResetAsync(
        DbTransaction transaction, LoginSubjects who, ThrottleState state, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        if (state.HasFailures)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                Forgive, new { subjects = new[] { who.Name, who.Pair } }, transaction, cancellationToken: cancellationToken));
        }

        if (!state.IsKnownOfLate)
        {
            await connection.ExecuteAsync(
                new CommandDefinition(RememberPair, new { pair = who.Pair }, transaction, cancellationToken: cancellationToken));
        }
    }

    private const string PurgeFailures =
        "DELETE FROM login_throttle WHERE last_failure_at < UTC_TIMESTAMP(6) - INTERVAL @memory SECOND LIMIT @batch";

    private const string PurgeKnown =
        "DELETE FROM login_known WHERE last_success_at < UTC_TIMESTAMP(6) - INTERVAL @knownFor SECOND LIMIT @batch";

    /// <summary>Deletes one batch of what no longer counts; returns how many rows.</summary>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var failures = new { memory = (long)_limits.Memory.TotalSeconds, batch = PurgeBatch };
        var known = new { knownFor = (long)_limits.KnownFor.TotalSeconds, batch = PurgeBatch };
        return await connection.ExecuteAsync(new CommandDefinition(PurgeFailures, failures, cancellationToken: cancellationToken))
            + await connection.ExecuteAsync(new CommandDefinition(PurgeKnown, known, cancellationToken: cancellationToken));
    }

    private static Throttled? BlockOf(List<StateRow> rows, byte[] subject, string limit) =>
        rows.Find(row => row.Is(subject)) is { Wait: > 0 and var wait } ? new Throttled(TimeSpan.FromMicroseconds(wait), limit) : null;

    private IEnumerable<(byte[] Subject, int Free)> InOneOrder(LoginSubjects who)
    {
        (byte[] Subject, int Free)[] counted =
        [
            (who.Name, _limits.FreeFailuresPerName), (who.Address, _limits.FreeFailuresPerAddress), (who.Pair, _limits.FreeFailuresPerName),
        ];
        return counted.OrderBy(entry => Convert.ToHexString(entry.Subject), StringComparer.Ordinal);
    }

    private sealed class StateRow
    {
        public byte[]? Subject { get; init; }

        public long Wait { get; init; }

        public long Days { get; init; }

        public bool Is(byte[] subject) => Subject?.AsSpan().SequenceEqual(subject) == true;
    }
}
