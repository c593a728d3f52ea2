using System.Buffers.Binary;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Report ids begin with their millisecond (RFC 9562, section 5.7), so that the primary key serves periods.</summary>
internal static class ReportIds
{
    private const int Length = 16;
    private const int BitsAfterTheTime = 16;

    /// <summary>The smallest id that a report of this millisecond can have.</summary>
    public static byte[] FirstOf(DateTimeOffset instant)
    {
        var id = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, instant.ToUnixTimeMilliseconds()) << BitsAfterTheTime);
        return id;
    }
}
