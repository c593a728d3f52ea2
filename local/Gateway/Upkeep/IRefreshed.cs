namespace EnergyLoad.Local.Gateway.Upkeep;

/// <summary>Something fetched from outside that has to be fetched again before it is too old.</summary>
internal interface IRefreshed
{
    /// <summary>Whether the listener may open; asked after each fetch until it may.</summary>
    bool MayStart { get; }

    /// <summary>Fetches it; a failure is logged, not thrown.</summary>
    /// <returns>When to fetch it again.</returns>
    Task<TimeSpan> RefreshAsync(CancellationToken cancellationToken);
}
