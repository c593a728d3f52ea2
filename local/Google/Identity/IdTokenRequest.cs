namespace EnergyLoad.Local.Google.Identity;

/// <summary>The body of <c>generateIdToken</c>.</summary>
internal sealed record IdTokenRequest(string? Audience, bool IncludeEmail = false);
