using System.Text;
using CsCheck;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpResponseReaderTests
{
    [Fact]
    public void ReadsABodyByLength()
    {
        var reading = HttpReading.Of("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1");
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal(new HttpResponseHead(1, 1, 200, "OK", [new("Content-Type", "text/plain"), new("Content-Length", "5")]), reading.Reader.Head);
        Assert.Equal("hello", reading.Handler.BodyText);
        Assert.Equal((5L, 5L), (reading.Reader.BodyLength, reading.Reader.ExpectedLength));
        Assert.Equal(69, reading.Consumed);
        Assert.True(reading.Reader.KeepAlive);
        Assert.Empty(reading.Reader.Tolerated);
    }

    [Fact]
    public void ReadsChunksExtensionsAndTrailers()
    {
        var reading = HttpReading.Of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b;c=\"x;y\"\r\nWiki\r\n0005\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\nExpires: never\r\nX: y\r\n\r\nrest");
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal("Wikipedia in\r\n\r\nchunks.", reading.Handler.BodyText);
        Assert.Equal([new("Expires", "never"), new("X", "y")], reading.Handler.Trailers);
        Assert.Equal(23, reading.Reader.BodyLength);
        Assert.Null(reading.Reader.ExpectedLength);
        Assert.True(reading.Reader.KeepAlive);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\n\r\nabc", HttpFraming.UntilClose, "abc")]
    [InlineData("GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nabc", HttpFraming.UntilClose, "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nabc", HttpFraming.UntilClose, "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nabc", HttpFraming.UntilClose, "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip;q=\"a,b\"\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", HttpFraming.Chunked, "a")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", HttpFraming.Chunked, "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.ContentLength, "abc")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nabc", HttpFraming.ContentLength, "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.None, "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nabc", HttpFraming.None, "")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.None, "")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.None, "")]
    [InlineData("CONNECT", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.None, "")]
    [InlineData("CONNECT", "HTTP/1.1 407 No\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.ContentLength, "abc")]
    [InlineData("GET", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nContent-Length: 3\r\n\r\nabc", HttpFraming.None, "")]
    public void FramesAsRfc9112Says(string method, string text, HttpFraming framing, string body)
    {
        var reading = HttpReading.Of(text, method, close: true);
        Assert.Null(reading.Error);
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal(framing, reading.Reader.Framing);
        Assert.Equal(body, reading.Handler.BodyText);
        Assert.True(reading.Handler.IsComplete);
    }

    [Fact]
    public void InformationalResponsesComeFirst()
    {
        var reading = HttpReading.Of("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        Assert.Equal([100, 103, 200], reading.Handler.Heads.Select(head => head.Status));
        Assert.Equal(200, reading.Reader.Head!.Status);
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: y , close\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 101 x\r\n\r\n", false)]
    public void KnowsWhetherTheConnectionLives(string text, bool keepAlive)
    {
        var reading = HttpReading.Of(text);
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal(keepAlive, reading.Reader.KeepAlive);
    }

    [Theory]
    [InlineData("\x15\x03\x01\0\x02\x02\x46", HttpErrorKind.NotHttp, 0)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", HttpErrorKind.NotHttp, 0)]
    [InlineData("HTTPS", HttpErrorKind.NotHttp, 4)]
    [InlineData("<html>", HttpErrorKind.NotHttp, 0)]
    [InlineData("\rHTTP/1.1 200 OK\r\n", HttpErrorKind.NotHttp, 1)]
    [InlineData("HTTP/2.0 200 OK\r\n", HttpErrorKind.UnsupportedVersion, 5)]
    [InlineData("HTTP/1 200 OK\r\n", HttpErrorKind.BadStatusLine, 5)]
    [InlineData("HTTP/1.1\r\n", HttpErrorKind.BadStatusLine, 8)]
    [InlineData("HTTP/1.1\t200 OK\r\n", HttpErrorKind.BadStatusLine, 8)]
    [InlineData("HTTP/1.1  200 OK\r\n", HttpErrorKind.BadStatusLine, 8)]
    [InlineData("HTTP/1.1 20 OK\r\n", HttpErrorKind.BadStatusLine, 8)]
    [InlineData("HTTP/1.1 2000 OK\r\n", HttpErrorKind.BadStatusLine, 8)]
    [InlineData("HTTP/1.1 099 OK\r\n", HttpErrorKind.BadStatusLine, 8)]
    [InlineData("HTTP/1.1 200 O\rK\r\n", HttpErrorKind.BadStatusLine, 14)]
    [InlineData("HTTP/1.1 200 OK\r\n\tA: b\r\n", HttpErrorKind.BadField, 17)]
    [InlineData("HTTP/1.1 200 OK\r\nnocolon\r\n", HttpErrorKind.BadField, 17)]
    [InlineData("HTTP/1.1 200 OK\r\n: x\r\n", HttpErrorKind.BadField, 17)]
    [InlineData("HTTP/1.1 200 OK\r\na b: x\r\n", HttpErrorKind.BadField, 18)]
    [InlineData("HTTP/1.1 200 OK\r\na: x\0\r\n", HttpErrorKind.BadField, 21)]
    [InlineData("HTTP/1.1 200 OK\r\na: x\ry\r\n", HttpErrorKind.BadField, 21)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", HttpErrorKind.BadContentLength, 38)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", HttpErrorKind.BadContentLength, 39)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", HttpErrorKind.BadContentLength, 39)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", HttpErrorKind.BadContentLength, 37)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1 2\r\n\r\n", HttpErrorKind.BadContentLength, 40)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n", HttpErrorKind.BadContentLength, 56)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", HttpErrorKind.ConflictingLengths, 57)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", HttpErrorKind.BadTransferEncoding, 56)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked;a=b\r\n\r\n", HttpErrorKind.BadTransferEncoding, 51)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chun ked\r\n\r\n", HttpErrorKind.BadTransferEncoding, 48)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", HttpErrorKind.BadChunk, 47)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", HttpErrorKind.BadChunk, 47)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", HttpErrorKind.BadChunk, 47)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\n", HttpErrorKind.BadChunk, 48)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\n", HttpErrorKind.BadChunk, 48)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a\rb\r\n", HttpErrorKind.BadChunk, 50)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8000000000000000\r\n", HttpErrorKind.BadChunk, 47)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", HttpErrorKind.BadChunk, 63)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab", HttpErrorKind.BadChunk, 51)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\rb", HttpErrorKind.BadChunk, 52)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\n", HttpErrorKind.BadChunk, 51)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nnocolon\r\n", HttpErrorKind.BadField, 50)]
    public void RefusesWithKindAndOffset(string text, HttpErrorKind kind, long offset)
    {
        var reading = HttpReading.Of(text);
        Assert.Equal(HttpReadState.Failed, reading.Reader.State);
        Assert.Equal((kind, offset), (reading.Error!.Kind, reading.Error.Offset));
        Assert.DoesNotContain(reading.Error.ToString(), char.IsControl);
        Assert.False(reading.Reader.KeepAlive);
        Assert.False(reading.Handler.IsComplete);
        Assert.Equal(0, reading.Reader.Read("x"u8, reading.Handler));
    }

    [Theory]
    [InlineData("\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", HttpToleranceKind.LeadingEmptyLine, 0)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 1\n\nx", HttpToleranceKind.BareLineFeed, 15)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", HttpToleranceKind.MissingReasonSpace, 12)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nA: b\r\n\tc\r\n d\r\n\r\nx", HttpToleranceKind.FoldedField, 42)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx", HttpToleranceKind.SpaceBeforeColon, 31)]
    [InlineData("HTTP/1.1 200 OK\r\nA: \x01\r\nContent-Length: 1\r\n\r\nx", HttpToleranceKind.ControlCharacter, 20)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1,1\r\n\r\nx", HttpToleranceKind.RepeatedContentLength, 40)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\nx\r\n0\r\n\r\n", HttpToleranceKind.SpaceAfterChunkSize, 48)]
    public void ReadsWhatClientsReadAndSaysSo(string text, HttpToleranceKind kind, long offset)
    {
        var reading = HttpReading.Of(text);
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal("x", reading.Handler.BodyText);
        Assert.Equal([new HttpTolerance(kind, offset)], reading.Reader.Tolerated);
    }

    [Fact]
    public void AFoldBecomesASpace()
        => Assert.Equal("b c d", HttpReading.Of("HTTP/1.1 200 OK\r\nA: b\r\n\tc\r\n   d \r\n\r\n").Reader.Head!.Fields.First("a"));

    [Fact]
    public void KeepsOctetsOfValuesAsLatin1()
        => Assert.Equal("ÿé\x80", HttpReading.Of("HTTP/1.1 200 OK\r\nA: \xFF\xE9\x80\r\n\r\n").Reader.Head!.Fields.First("A"));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nAAAAAAAA: b\r\n\r\n", HttpErrorKind.FieldTooLong, 27)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\nA: b\r\nA: b\r\n\r\n", HttpErrorKind.HeadTooLong, 32)]
    [InlineData("HTTP/1.1 200 OK\r\na:\r\na:\r\na:\r\n", HttpErrorKind.TooManyFields, 25)]
    [InlineData("HTTP/1.1 200 OK and more\r\n", HttpErrorKind.StartLineTooLong, 20)]
    [InlineData("HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\n", HttpErrorKind.TooManyInformational, 36)]
    [InlineData("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n", HttpErrorKind.HeadTooLong, 32)]
    public void LimitsTheHead(string text, HttpErrorKind kind, long offset)
    {
        var limits = new HttpLimits { MaximumStartLineLength = 20, MaximumHeadLength = 32, MaximumFieldLength = 10, MaximumFields = 2, MaximumInformational = 1 };
        var reading = HttpReading.Of(text, limits: limits);
        Assert.Equal((kind, offset), (reading.Error?.Kind, reading.Error?.Offset));
    }

    [Theory]
    [InlineData("123456789;\r\n", HttpErrorKind.ChunkLineTooLong)]
    [InlineData("0\r\nA: b\r\nA: b\r\n", HttpErrorKind.TrailersTooLong)]
    public void LimitsChunkLinesAndTrailers(string text, HttpErrorKind kind)
    {
        var limits = new HttpLimits { MaximumChunkLineLength = 9, MaximumTrailerLength = 9 };
        Assert.Equal(kind, HttpReading.Of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + text, limits: limits).Error?.Kind);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 100 x\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n c\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nT: u\r\n\r\n")]
    public void EveryTruncationIsTold(string text)
    {
        for (var length = 0; length < text.Length; length++)
        {
            var reading = HttpReading.Of(text[..length], close: true);
            Assert.Equal((HttpErrorKind.Truncated, length), (reading.Error?.Kind, reading.Error?.Offset));
            Assert.False(reading.Handler.IsComplete);
        }

        Assert.Null(HttpReading.Of(text, close: true).Error);
    }

    [Fact]
    public void AnyOctetsGiveTheSameHoweverCut()
    {
        // Pieces that are nearly HTTP reach deeper than random octets would.
        string[] pieces = ["HTTP/1.1 200 OK", "HTTP/1.1 100 C", "\r\n", "\r\n\r\n", "\n", "\r", "Content-Length: 3", "Transfer-Encoding: chunked", "A: b", " fold", "3", "0", "abc", ":", "\0", ";x", "é"];
        Gen.Int[0, pieces.Length - 1].Array[0, 20].Sample(picks =>
        {
            var text = string.Concat(picks.Select(pick => pieces[pick]));
            HttpReading.Of(text, close: true);
            HttpReading.Of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + text, close: true);
        });
    }

    [Fact]
    public void AWrittenHeadIsReadBack()
    {
        var token = Gen.Char["abcXYZ019-_!~"].Array[1, 12].Select(c => new string(c));
        var value = Gen.Char["abc ;=\"\\,\té"].Array[0, 20].Select(c => new string(c).Trim(' ', '\t'));
        Gen.Select(token, value).Select((name, text) => new HttpField(name, text)).Array[0, 20].Sample(fields =>
        {
            var head = new HttpResponseHead(1, 1, 200, "All is well", new HttpFields(fields));
            var reading = HttpReading.Of(head.ToBytes(), close: true);
            return Equals(head, reading.Reader.Head) && reading.Error is null;
        });
    }

    [Fact]
    public void ALargeBodyComesThroughInLinearTime()
    {
        var chunk = Encoding.ASCII.GetBytes("1\r\nx\r\n");
        var reader = new HttpResponseReader("GET", HttpLimits.Default);
        var handler = new RecordingHandler();
        reader.Read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, handler);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++) reader.Read(chunk, handler);
        Assert.Equal(100_000, reader.BodyLength);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000); // the test's own log and list
    }
}
