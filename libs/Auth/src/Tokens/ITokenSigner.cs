namespace EnergyLoad.Auth.Tokens;

/// <summary>Turns claims into a signed token.</summary>
internal interface ITokenSigner
{
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">Nothing can be signed now.</exception>
    Task<string> SignAsync(string payload, CancellationToken cancellationToken);
}
