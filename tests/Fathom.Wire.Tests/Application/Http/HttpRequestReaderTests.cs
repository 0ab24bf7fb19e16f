using CsCheck;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpRequestReaderTests
{
    [Fact]
    public void ReadsABodyByLengthAndLeavesTheNextRequest()
    {
        var reading = HttpRequestReading.Of("\r\nPOST /a?b HTTP/1.1\r\nHost: x:80\r\nContent-Length: 3\r\n\r\nabcGET /");
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal(new HttpRequestHead("POST", "/a?b", [new("Host", "x:80"), new("Content-Length", "3")]), reading.Reader.Head);
        Assert.Equal("abc", reading.Handler.BodyText);
        Assert.Equal(58, reading.Consumed);
        Assert.True(reading.Reader.KeepAlive);
    }

    [Fact]
    public void ReadsChunksAndTrailers()
    {
        var reading = HttpRequestReading.Of("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2;n=\"v\";m\r\nab\r\n0\r\nSum: 1\r\n\r\n");
        Assert.Equal(HttpReadState.Complete, reading.Reader.State);
        Assert.Equal("ab", reading.Handler.BodyText);
        Assert.Equal([new("Sum", "1")], reading.Handler.Trailers);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", true)]
    [InlineData("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\n\r\n", true)] // RFC 9112 §3.2: empty where the target has no authority
    [InlineData("GET / HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n", true)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", false)]
    [InlineData("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true)]
    public void ReadsRequestsWithoutABody(string text, bool keepAlive)
    {
        var reading = HttpRequestReading.Of(text);
        Assert.Equal((HttpReadState.Complete, keepAlive), (reading.Reader.State, reading.Reader.KeepAlive));
        Assert.Equal(HttpFraming.None, reading.Reader.Framing);
        Assert.Equal(reading.Reader.Head, HttpRequestReading.Of(reading.Reader.Head!.ToBytes()).Reader.Head);
    }

    [Theory]
    [InlineData("GET /\r\n", HttpErrorKind.BadRequestLine, 0)]
    [InlineData("GET  / HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 4)]
    [InlineData("GET / HTTP/1.1 \r\n", HttpErrorKind.BadRequestLine, 4)]
    [InlineData("GET\t/ HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 0)]
    [InlineData("G(T / HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 1)]
    [InlineData("GET /\x01 HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 4)]
    [InlineData("GET /é HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 4)]
    [InlineData("GET x HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 4)]
    [InlineData("GET * HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 4)]
    [InlineData("CONNECT /x HTTP/1.1\r\n", HttpErrorKind.BadRequestLine, 8)]
    [InlineData("GET / http/1.1\r\n", HttpErrorKind.BadRequestLine, 6)]
    [InlineData("GET / HTTP/1.1\n", HttpErrorKind.BadRequestLine, 14)]
    [InlineData("GET / HTTP/2.0\r\n", HttpErrorKind.UnsupportedVersion, 11)]
    [InlineData("\n", HttpErrorKind.BadRequestLine, 0)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\nA: b\r\n", HttpErrorKind.BadField, 23)]
    [InlineData("GET / HTTP/1.1\r\nHost : x\r\n", HttpErrorKind.BadField, 20)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n y\r\n", HttpErrorKind.BadField, 25)]
    [InlineData("GET / HTTP/1.1\r\n Host: x\r\n", HttpErrorKind.BadField, 16)]
    [InlineData("GET / HTTP/1.1\r\nA: \x01\r\n", HttpErrorKind.BadField, 19)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", HttpErrorKind.BadHost, 18)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", HttpErrorKind.BadHost, 36)]
    [InlineData("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", HttpErrorKind.BadHost, 30)]
    [InlineData("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", HttpErrorKind.BadHost, 29)]
    [InlineData("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", HttpErrorKind.BadHost, 29)]
    public void RefusesHeads(string text, HttpErrorKind kind, long offset)
    {
        var reading = HttpRequestReading.Of(text);
        Assert.Equal((kind, offset), (reading.Error?.Kind, reading.Error?.Offset));
        Assert.Empty(reading.Handler.Requests);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\nTransfer-Encoding: chunked", HttpErrorKind.ConflictingLengths)]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 3", HttpErrorKind.ConflictingLengths)]
    [InlineData("Content-Length: 3\r\nContent-Length: 3", HttpErrorKind.ConflictingLengths)]
    [InlineData("Content-Length: 3, 3", HttpErrorKind.ConflictingLengths)]
    [InlineData("Content-Length: +3", HttpErrorKind.BadContentLength)]
    [InlineData("Content-Length: 0x3", HttpErrorKind.BadContentLength)]
    [InlineData("Content-Length: ", HttpErrorKind.BadContentLength)]
    [InlineData("Transfer-Encoding: xchunked", HttpErrorKind.BadTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked, identity", HttpErrorKind.BadTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", HttpErrorKind.BadTransferEncoding)]
    [InlineData("Transfer-Encoding: \"chunked\"", HttpErrorKind.BadTransferEncoding)]
    [InlineData("Transfer-Encoding: , chunked", HttpErrorKind.BadTransferEncoding)]
    [InlineData("Transfer-Encoding: \vchunked", HttpErrorKind.BadField)]
    [InlineData("Transfer-Encoding : chunked", HttpErrorKind.BadField)]
    [InlineData("X: y\rTransfer-Encoding: chunked", HttpErrorKind.BadField)]
    public void RefusesWhatIsUsedToSmuggle(string fields, HttpErrorKind kind)
    {
        var reading = HttpRequestReading.Of($"POST / HTTP/1.1\r\nHost: x\r\n{fields}\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(kind, reading.Error?.Kind);
        Assert.Empty(reading.Handler.Requests);
        Assert.False(reading.Reader.KeepAlive);
    }

    [Theory]
    [InlineData("2\nab\r\n0\r\n\r\n")]
    [InlineData("2 \r\nab\r\n0\r\n\r\n")]
    [InlineData("2;\r\nab\r\n0\r\n\r\n")]
    [InlineData("2;a=\"\r\nab\r\n0\r\n\r\n")]
    [InlineData("2;a\nb\r\nab\r\n0\r\n\r\n")]
    [InlineData("2\r\nab0\r\n\r\n")]
    [InlineData("2\r\nab\n0\r\n\r\n")]
    [InlineData(" 2\r\nab\r\n0\r\n\r\n")]
    [InlineData("0x2\r\nab\r\n0\r\n\r\n")]
    public void RefusesChunksThatTwoReadersReadDifferently(string chunks)
        => Assert.Equal(HttpErrorKind.BadChunk, HttpRequestReading.Of($"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}").Error?.Kind);

    [Fact]
    public void ConnectHasNoBody()
        => Assert.Equal(HttpErrorKind.ConflictingLengths, HttpRequestReading.Of("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\nContent-Length: 3\r\n\r\n").Error?.Kind);

    [Fact]
    public void KnowsWhoWaitsForAContinue()
    {
        const string Head = "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n";
        Assert.True(HttpRequestReading.Of($"{Head}Content-Length: 1\r\n\r\n").Reader.ExpectsContinue);
        Assert.False(HttpRequestReading.Of($"{Head}\r\n").Reader.ExpectsContinue);
    }

    [Fact]
    public void EveryTruncationIsTold()
    {
        const string Text = "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\n";
        for (var length = 0; length < Text.Length; length++)
        {
            var reading = HttpRequestReading.Of(Text[..length], close: true);
            Assert.Equal((HttpErrorKind.Truncated, length), (reading.Error?.Kind, reading.Error?.Offset));
        }

        Assert.Null(HttpRequestReading.Of(Text, close: true).Error);
    }

    [Fact]
    public void AnyOctetsGiveTheSameHoweverCut()
    {
        string[] pieces = ["GET / HTTP/1.1", "POST /x HTTP/1.1", "\r\n", "\r\n\r\n", "\n", "\r", "Host: x", "Content-Length: 3", "Transfer-Encoding: chunked", " fold", "3", "0", "abc", ":", "\0", ";x", "é"];
        Gen.Int[0, pieces.Length - 1].Array[0, 20].Sample(picks =>
        {
            var text = string.Concat(picks.Select(pick => pieces[pick]));
            HttpRequestReading.Of(text, close: true);
            HttpRequestReading.Of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + text, close: true);
        });
    }
}
