namespace EnergyLoad.Audit;

/// <summary>Puts an anchor where nobody can change or remove it, such as a bucket with retention; the service hands it in.</summary>
/// <param name="anchor">What to keep.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
/// <returns>Done when the anchor is kept; a failure is an exception, raised as an alert and tried again.</returns>
public delegate Task AuditAnchor(AnchorObject anchor, CancellationToken cancellationToken);
