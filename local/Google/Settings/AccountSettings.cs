namespace EnergyLoad.Local.Google.Settings;

/// <summary>A service account.</summary>
/// <param name="Email">Its address.</param>
/// <param name="UniqueId">Its number, the sub and azp of its tokens.</param>
/// <param name="MetadataPort">The port of the metadata server that answers for it; none when nothing runs under this account.</param>
internal sealed record AccountSettings(string Email, string UniqueId, int? MetadataPort = null);
