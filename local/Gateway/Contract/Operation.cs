namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>One method of one path, with all that is required of a request to it.</summary>
internal sealed record Operation(
    string Id, string Method, PathTemplate Template, Backend Backend, TokenProvider? Token, bool KeyRequired);
