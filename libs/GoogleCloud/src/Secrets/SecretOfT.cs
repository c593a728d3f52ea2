using System.Text.Json.Serialization.Metadata;
using EnergyLoad.GoogleCloud.Secrets;
using EnergyLoad.GoogleCloud.Secrets.Sources;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud;

/// <summary>
/// A secret that may change while the process runs. Take <see cref="Current"/> anew for every use and keep no copy;
/// when it is refused, ask <see cref="RefreshAsync"/> whether there is a newer one, and try that.
/// </summary>
/// <typeparam name="T">What its JSON holds.</typeparam>
public sealed partial class Secret<T> : Secret
    where T : class
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private readonly ISecretSource _source;
    private readonly JsonTypeInfo<T> _type;
    private readonly ILogger _logger;
    private readonly PacedLoad _load;
    private volatile SecretVersions<T>? _versions;

    internal Secret(string name, ISecretSource source, JsonTypeInfo<T> type, TimeProvider time, ILogger<Secret> logger)
        : base(name)
    {
        (_source, _type, _logger) = (source, type, logger);
        _load = new PacedLoad(ReadAsync, ShortestPause, time);
    }

    /// <summary>The newest version.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded yet: the host has not started.</exception>
    public SecretVersion<T> Current => Loaded.Current;

    /// <summary>
    /// The version before, which others may still use: from the source where it keeps two, else what this process held before;
    /// null when there is none.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded yet: the host has not started.</exception>
    public SecretVersion<T>? Previous => Loaded.Previous;

    private SecretVersions<T> Loaded =>
        _versions ?? throw new InvalidOperationException($"The secret {Name} is used before the host has loaded it.");

    /// <summary>
    /// Reads the secret again because a version was refused. Callers at one time share a reading, and two readings begin at least
    /// 2 s apart, so the answer may take that long.
    /// </summary>
    /// <param name="refused">The version that was refused.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>Whether <see cref="Current"/> is another version than the refused one; false also when it cannot be read now.</returns>
    public async Task<bool> RefreshAsync(SecretVersion<T> refused, CancellationToken ct)
    {
        if (!ReferenceEquals(Current, refused))
        {
            return true;
        }

        try
        {
            await LoadAsync(ct);
        }
        catch (SecretException exception)
        {
            Log.NotRefreshed(_logger, Name, exception);
        }

        return !ReferenceEquals(Current, refused);
    }

    /// <summary>Without any value.</summary>
    public override string ToString() => _versions?.Current.ToString() ?? $"secret {Name}, not loaded";

    internal override Task LoadAsync(CancellationToken ct) => _load.RunAsync(ct);

    private async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            var read = SecretTexts.Of(await _source.ReadAsync(ct), _source.KeepsVersions);
            var before = _versions;
            _versions = Take(read, before);
            if (before is not null && !ReferenceEquals(before.Current, _versions.Current))
            {
                Log.Rotated(_logger, Name, before.Current.Version, _versions.Current.Version);
            }
        }
        catch (SecretException exception)
        {
            throw new SecretException($"Secret {Name}: {exception.Message}");
        }
        catch (Exception exception)
            when (exception is GoogleCloudException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new SecretException($"Secret {Name}: {exception.Message}", exception);
        }
    }

    private SecretVersions<T> Take(SecretTexts read, SecretVersions<T>? before)
    {
        var current = before is not null && before.Json.Span.SequenceEqual(read.Current.Json.Span)
            ? before.Current
            : new SecretVersion<T>(Name, read.Current.Version, SecretJson.Read(read.Current.Json, _type));
        var remembered = before is null || ReferenceEquals(before.Current, current) ? before?.Previous : before.Current;
        return new SecretVersions<T>(current, read.KeepsPrevious ? TakePrevious(read.Previous) : remembered, read.Current.Json);
    }

    // A bad version that was followed by a good one must not stop anybody.
    private SecretVersion<T>? TakePrevious(SecretText? text)
    {
        try
        {
            return text is null ? null : new SecretVersion<T>(Name, text.Version, SecretJson.Read(text.Json, _type));
        }
        catch (SecretException exception)
        {
            Log.PreviousUnreadable(_logger, Name, exception);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1211, LogLevel.Information, "Secret {Name} changed from version {Before} to {Now}")]
        public static partial void Rotated(ILogger logger, string name, string before, string now);

        [LoggerMessage(1212, LogLevel.Error, "Secret {Name} was refused and cannot be read again; its version stays in use")]
        public static partial void NotRefreshed(ILogger logger, string name, Exception exception);

        [LoggerMessage(1213, LogLevel.Warning, "The previous version of secret {Name} cannot be read and is left out")]
        public static partial void PreviousUnreadable(ILogger logger, string name, Exception exception);
    }
}
