namespace EnergyLoad.Local.Google.Identity;

/// <summary>The body of <c>POST /control/keys</c>.</summary>
/// <param name="Account">The account's address, or <c>google</c> for the keys of ID tokens.</param>
/// <param name="Publish">Show a new key that does not sign yet.</param>
/// <param name="Rotate">Sign with the newest key, made now when none is waiting.</param>
internal sealed record KeyChange(string Account, bool Publish = false, bool Rotate = false);
