using EnergyLoad.Local.Google.Checksums;

namespace EnergyLoad.Local.Google.Secrets;

/// <summary>The body of <c>secrets.addVersion</c>.</summary>
internal sealed record AddVersionRequest(AddVersionRequest.PayloadPart? Payload)
{
    private const int LargestSecret = 64 * 1024;

    internal sealed record PayloadPart(byte[]? Data, long? DataCrc32c);

    public string? Fault() => Payload switch
    {
        not { Data.Length: > 0 } => "payload.data is required.",
        { Data.Length: > LargestSecret } => "payload.data is larger than 64 KiB.",
        _ when !Crc32C.Fits(Payload.Data, Payload.DataCrc32c) => "payload.dataCrc32c does not fit payload.data.",
        _ => null,
    };
}
