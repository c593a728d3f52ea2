using EnergyLoad.Auth;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Who pushes.</summary>
/// <param name="Name">User name of the sender.</param>
/// <param name="Check">How the user stands, to be asked before anything is kept; null when it is not a request that pushes.</param>
internal sealed record Pusher(string Name, StandingCheck? Check);
