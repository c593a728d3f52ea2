namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>Where an operation's requests go (x-google-backend).</summary>
/// <param name="Address">The service; a path in it is put before the request's own.</param>
/// <param name="Audience">Whom the gateway's ID token is for; null sends none and leaves Authorization alone.</param>
/// <param name="Deadline">From the whole request sent to the whole answer received, retries included.</param>
internal sealed record Backend(Uri Address, string? Audience, TimeSpan Deadline)
{
    public string PathPrefix { get; } = Address.AbsolutePath.TrimEnd('/');
}
