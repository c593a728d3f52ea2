namespace EnergyLoad.Auth.Passwords;

/// <summary>Why a new password is refused.</summary>
internal sealed record PasswordFault(string Code, string Detail);
