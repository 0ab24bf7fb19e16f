using System.IO.Compression;
using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpContentDecoderTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the same words again, ", 200)));

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "raw")]
    [InlineData("br", "br")]
    public void UndoesEachCoding(string name, string kind)
    {
        var decoding = HttpContentDecoder.Decode(name, Compress(kind, Plain), 1 << 20);
        Assert.Equal(HttpDecodingStatus.Decoded, decoding.Status);
        Assert.Equal(Plain, decoding.Content.ToArray());
    }

    [Fact]
    public void TheLastCodingComesOffFirst()
    {
        var decoding = HttpContentDecoder.Decode("deflate, identity, gzip", Compress("gzip", Compress("zlib", Plain)), 1 << 20);
        Assert.Equal(Plain, decoding.Content.ToArray());
        Assert.Equal(HttpDecodingStatus.Malformed, HttpContentDecoder.Decode("gzip, deflate", Compress("gzip", Compress("zlib", Plain)), 1 << 20).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("br")]
    public void ABombStopsAtTheLimit(string kind)
    {
        var bomb = Compress(kind, new byte[50_000_000]);
        Assert.True(bomb.Length < 60_000);
        var decoding = HttpContentDecoder.Decode(kind == "zlib" ? "deflate" : kind, bomb, 1_000_000);
        Assert.Equal((HttpDecodingStatus.TooLarge, 1_000_000), (decoding.Status, decoding.Content.Length));
        Assert.Contains("more than 1000000", decoding.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("br", "br")]
    public void ACutBodyIsMalformed(string name, string kind)
    {
        var whole = Compress(kind, Plain);
        Assert.Equal(HttpDecodingStatus.Malformed, HttpContentDecoder.Decode(name, whole.AsMemory(0, whole.Length / 2), 1 << 20).Status);
        Assert.Equal(HttpDecodingStatus.Malformed, HttpContentDecoder.Decode(name, "<html>not compressed at all</html>"u8.ToArray(), 1 << 20).Status);
    }

    [Theory]
    [InlineData(null, HttpDecodingStatus.NotCoded)]
    [InlineData("", HttpDecodingStatus.NotCoded)]
    [InlineData("identity", HttpDecodingStatus.NotCoded)]
    [InlineData("zstd", HttpDecodingStatus.Unsupported)]
    [InlineData("gzip, gzip, gzip, gzip, gzip, gzip", HttpDecodingStatus.Unsupported)]
    public void LeavesTheRestAsItCame(string? name, HttpDecodingStatus status)
    {
        var decoding = HttpContentDecoder.Decode(name, Plain, 1 << 20);
        Assert.Equal(status, decoding.Status);
        Assert.Equal(Plain, decoding.Content.ToArray());
    }

    private static byte[] Compress(string kind, byte[] data)
    {
        var output = new MemoryStream();
        using (Stream stream = kind switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(output, CompressionLevel.Optimal),
            "raw" => new DeflateStream(output, CompressionLevel.Optimal),
            _ => new BrotliStream(output, CompressionLevel.Optimal),
        })
        {
            stream.Write(data);
        }

        return output.ToArray();
    }
}
