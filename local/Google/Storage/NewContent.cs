namespace EnergyLoad.Local.Google.Storage;

/// <summary>A content that is on disk and not yet an object.</summary>
internal sealed record NewContent(string File, long Size, string Crc32c);
