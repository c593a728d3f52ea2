using System.Text;
using EnergyLoad.GoogleCloud.Checksums;

namespace EnergyLoad.GoogleCloud.Tests.Checksums;

public sealed class Crc32CTests
{
    /// <summary>RFC 3720 appendix B.4, and the check value of the catalogue of CRCs.</summary>
    [Fact]
    public void The_published_vectors_hold()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0u, Crc32C.Of([]));
    }

    [Fact]
    public void Pieces_give_the_sum_of_the_whole()
    {
        var bytes = Encoding.UTF8.GetBytes("The quick brown fox jumps over the lazy dog");
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var state = Crc32C.Append(Crc32C.Append(Crc32C.Start, bytes.AsSpan(0, cut)), bytes.AsSpan(cut));
            Assert.Equal(Crc32C.Of(bytes), Crc32C.Finish(state));
        }
    }
}
