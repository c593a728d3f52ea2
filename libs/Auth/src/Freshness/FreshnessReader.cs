using System.Data.Common;
using Dapper;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Freshness;

/// <summary>
/// Reads how a token and its user stand. Requests that wait at the same moment share one read, which starts after all of them have arrived;
/// no read answers for a later request, so that a logout holds from the next request on, on every instance.
/// </summary>
internal sealed class FreshnessReader : IAsyncDisposable
{
    // One statement, so that one snapshot: a user and the revocation of its token are seen as they stood at one instant.
    private const string ReadStandings = """
        SELECT id, username, type, status, ver, must_change_password AS mustChange, NULL AS jti
          FROM user_auth_roles WHERE id IN @ids
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, 0, 0, jti
          FROM jwt WHERE jti IN @jtis
        """;

    private readonly Database _database;
    private readonly AuthMetrics _metrics;
    private readonly BatchQueue<SessionClaims, Standing> _reads;

    public FreshnessReader(Database database, AuthMetrics metrics)
    {
        (_database, _metrics) = (database, metrics);
        _reads = new BatchQueue<SessionClaims, Standing>(new BatchQueueOptions(Workers: 1, MaximumBatch: 200, Capacity: 10_000), ReadAsync);
    }

    /// <exception cref="UnavailableException">It cannot be read; the token is then neither good nor bad.</exception>
    public Task<Standing> ReadAsync(SessionClaims claims, CancellationToken cancellationToken) =>
        _reads.TrySubmit(claims, out var standing)
            ? standing.WaitAsync(cancellationToken)
            : throw TooMany();

    /// <inheritdoc cref="ReadAsync(SessionClaims, CancellationToken)"/>
    public async Task<IReadOnlyList<Standing>> ReadTogetherAsync(IReadOnlyList<SessionClaims> claims) =>
        _reads.TrySubmitTogether(claims, out var standings)
            ? await standings
            : throw TooMany();

    /// <summary>Does an act in one transaction, whose commit makes the read itself and fails unless every token stands as was assumed.</summary>
    /// <param name="assumed">The tokens; none of them is revoked by what is assumed.</param>
    /// <param name="act">What to do; it may run several times.</param>
    /// <returns>Null when nothing was committed: a token stands otherwise, or the database refuses a statement of the act.</returns>
    /// <exception cref="UnavailableException">The database does not answer: the act may or may not have been committed.</exception>
    public async Task<T?> TryCommitAsync<T>(
        IReadOnlyCollection<(SessionClaims Claims, Standing Standing)> assumed, Func<DbTransaction, CancellationToken, Task<T>> act)
        where T : class
    {
        try
        {
            return await _database.InTransactionAsync(WithReadAsync, CancellationToken.None);
        }
        catch (DbException exception)
        {
            _metrics.CommitRepeated(ReasonOf(exception));
            return null;
        }

        async Task<T> WithReadAsync(DbTransaction transaction, CancellationToken cancellationToken)
        {
            var result = await act(transaction, cancellationToken);
            if (assumed.Count > 0)
            {
                _metrics.FreshnessRead(assumed.Count);
                transaction.ExecuteAtCommit(StandingStatement.FailsUnless(assumed));
            }

            return result;
        }
    }

    public ValueTask DisposeAsync() => _reads.DisposeAsync();

    private static string ReasonOf(DbException exception) =>
        SqlErrors.IsDuplicateKey(exception) ? "duplicate"
        : SqlErrors.IsNoSuchNumber(exception) ? "standing"
        : "other";

    private static UnavailableException TooMany() => new("Too many requests wait for their freshness read.");

    private async Task<IReadOnlyList<Standing>> ReadAsync(IReadOnlyList<SessionClaims> asked)
    {
        _metrics.FreshnessRead(asked.Count);
        try
        {
            return Match(asked, await QueryAsync(asked));
        }
        catch (DbException exception)
        {
            throw new UnavailableException("The users' standing cannot be read.", exception);
        }
    }

    private async Task<IReadOnlyList<StandingRow>> QueryAsync(IReadOnlyList<SessionClaims> asked)
    {
        var ids = asked.Select(claims => claims.UserId).Distinct(StringComparer.Ordinal).ToArray();
        var jtis = asked.Select(claims => claims.Jti).Distinct().Select(jti => jti.ToByteArray(bigEndian: true)).ToArray();
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<StandingRow>(ReadStandings, new { ids, jtis })).AsList();
    }

    private static Standing[] Match(IReadOnlyList<SessionClaims> asked, IReadOnlyList<StandingRow> rows)
    {
        var users = rows.Where(row => row.Id is not null).ToDictionary(row => row.Id!, StringComparer.Ordinal);
        var revoked = rows.Where(row => row.Jti is not null).Select(row => new Guid(row.Jti!, bigEndian: true)).ToHashSet();
        return [.. asked.Select(StandingOf)];

        Standing StandingOf(SessionClaims claims) =>
            users.TryGetValue(claims.UserId, out var row) ? new Standing(row, revoked.Contains(claims.Jti)) : Standing.Unknown;
    }
}
