using System.Data.Common;
using Dapper;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>
/// The database's time, for what several instances put in order: read now and then and carried on by elapsed time, so that an instance
/// whose own clock is wrong, or is set, makes no difference.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="timeProvider">Measures what has elapsed since the last reading.</param>
public sealed class DatabaseClock(Database database, TimeProvider timeProvider)
{
    private const string Read = "SELECT UTC_TIMESTAMP(6)";
    private const int Tries = 3;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);
    private Reading? _last;

    /// <summary>The database's time now, to within half a round trip.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UnavailableException">It is to be read again, and the database does not answer.</exception>
    public async Task<DateTimeOffset> GetNowAsync(CancellationToken cancellationToken)
    {
        if (_last is not { } last || timeProvider.GetElapsedTime(last.Timestamp) > ReadEvery)
        {
            try
            {
                _last = last = await ReadAsync(cancellationToken);
            }
            catch (DbException exception)
            {
                throw new UnavailableException("The database's time cannot be read.", exception);
            }
        }

        return last.Time + timeProvider.GetElapsedTime(last.Timestamp);
    }

    /// <summary>Of some readings the one that took the shortest time says most exactly when it was.</summary>
    private async Task<Reading> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        Reading? best = null;
        for (var i = 0; i < Tries; i++)
        {
            var asked = timeProvider.GetTimestamp();
            var time = await connection.QuerySingleAsync<DateTimeOffset>(new CommandDefinition(Read, cancellationToken: cancellationToken));
            var took = timeProvider.GetTimestamp() - asked;
            best = best is null || took < best.Took ? new Reading(time, asked + (took / 2), took) : best;
        }

        return best!;
    }

    private sealed record Reading(DateTimeOffset Time, long Timestamp, long Took);
}
