namespace EnergyLoad.Local.Google.Identity;

internal sealed record SignJwtRequest(string? Payload);
