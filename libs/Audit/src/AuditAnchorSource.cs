namespace EnergyLoad.Audit;

/// <summary>Reads back the anchors that were kept outside the database; the service hands it in.</summary>
/// <param name="cancellationToken">Ends the reading.</param>
/// <returns>The anchors, in any order. The newest says most; the last day's are enough.</returns>
public delegate IAsyncEnumerable<AnchorObject> AuditAnchorSource(CancellationToken cancellationToken);
