using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class ArchivePathTests
{
    [Fact]
    public void Names_stay_within_what_a_bucket_takes()
    {
        var path = ArchivePath.Of("error-reports", Row(new string('x', 200), new string('y', 512)));

        Assert.InRange(path.Length, 1, 1024);
        Assert.EndsWith(".json", path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b", "a_b")]
    [InlineData("ä", "_")]
    [InlineData("a__messageId__b", "a")]
    public void Two_reports_never_share_a_name(string left, string right) =>
        Assert.NotEqual(ArchivePath.Of("p", Row(left, "b")), ArchivePath.Of("p", Row(right, "b__messageId__b")));

    private static ReportRow Row(string esightId, string? messageId) => new()
    {
        Id = Guid.NewGuid().ToByteArray(bigEndian: true),
        EsightId = esightId,
        Revision = 1,
        MessageId = messageId,
        Marks = 0,
        ItemCount = 0,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        StoredAt = DateTimeOffset.UnixEpoch,
    };
}
