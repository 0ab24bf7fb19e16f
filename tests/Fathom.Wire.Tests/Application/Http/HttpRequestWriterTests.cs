using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpRequestWriterTests
{
    private static readonly HttpFields Host = [new("Host", "a.example")];

    [Fact]
    public void WritesABodyByItsLength()
        => Assert.Equal("POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\n\r\nabc", Written(Host.With("Content-Length", "3"), "abc"));

    [Fact]
    public void WritesChunksAndTrailers()
        => Assert.Equal(
            "POST /x HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nDigest: 7\r\n\r\n",
            Written(Host.With("Transfer-Encoding", "chunked"), "abc", [new("Digest", "7")]));

    [Fact]
    public void ALargeBodyGoesInSeveralChunksThatReadBack()
    {
        var body = new string('x', 40_000);
        var text = Written(Host.With("Transfer-Encoding", "chunked"), body);
        Assert.Equal(3, text!.Split("\r\n").Count(static line => line is "4000" or "1c40"));
        var reading = HttpRequestReading.Of(text);
        Assert.Equal((HttpReadState.Complete, body), (reading.Reader.State, reading.Handler.BodyText));
    }

    [Theory]
    [InlineData("PO ST", "/x", "", "", "", HttpWriteErrorKind.BadMethod)]
    [InlineData("POST", "/x y", "", "", "", HttpWriteErrorKind.BadTarget)]
    [InlineData("POST", "x", "", "", "", HttpWriteErrorKind.BadTarget)]
    [InlineData("POST", "*", "", "", "", HttpWriteErrorKind.BadTarget)]
    [InlineData("POST", "/x", "Host", "b", "", HttpWriteErrorKind.HostRepeated)]
    [InlineData("POST", "/x", "A B", "c", "", HttpWriteErrorKind.BadFieldName)]
    [InlineData("POST", "/x", "A", "b\r\nEvil: c", "", HttpWriteErrorKind.BadFieldValue)]
    [InlineData("POST", "/x", "A", "b\0", "", HttpWriteErrorKind.BadFieldValue)]
    [InlineData("POST", "/x", "Content-Length", "4", "abc", HttpWriteErrorKind.WrongLength)]
    [InlineData("POST", "/x", "Content-Length", "3,3", "abc", HttpWriteErrorKind.BadLength)]
    [InlineData("POST", "/x", "Content-Length", "+3", "abc", HttpWriteErrorKind.BadLength)]
    [InlineData("POST", "/x", "Transfer-Encoding", "gzip", "abc", HttpWriteErrorKind.BadTransferEncoding)]
    [InlineData("POST", "/x", "A", "b", "abc", HttpWriteErrorKind.UnframedBody)]
    [InlineData("CONNECT", "b:443", "Content-Length", "3", "abc", HttpWriteErrorKind.BodyOnConnect)]
    public void RefusesByName(string method, string target, string name, string value, string body, HttpWriteErrorKind kind)
    {
        var head = new HttpRequestHead(method, target, name.Length > 0 ? Host.With(name, value) : Host);
        Assert.False(HttpRequestWriter.TryWrite(head, Encoding.ASCII.GetBytes(body), HttpFields.Empty, out _, out var error));
        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public void RefusesHeadsWithoutARightHost()
    {
        Assert.Equal(HttpWriteErrorKind.HostMissing, ErrorOf(HttpFields.Empty));
        Assert.Equal(HttpWriteErrorKind.BadHost, ErrorOf([new("Host", "a/b")]));
        Assert.Equal(HttpWriteErrorKind.LengthAndTransferEncoding, ErrorOf(Host.With("Content-Length", "3").With("Transfer-Encoding", "chunked")));
        Assert.Equal(HttpWriteErrorKind.RepeatedLength, ErrorOf(Host.With("Content-Length", "3").With("Content-Length", "3")));
    }

    // RFC 9110 §6.5.1.
    [Theory]
    [InlineData("Content-Length")]
    [InlineData("host")]
    [InlineData("Authorization")]
    [InlineData("Set-Cookie")]
    public void RefusesTrailersThatComeTooLate(string name)
    {
        Assert.False(HttpRequestWriter.TryWrite(new HttpRequestHead("POST", "/", Host.With("Transfer-Encoding", "chunked")), "abc"u8, [new(name, "1")], out _, out var error));
        Assert.Equal(HttpWriteErrorKind.BadTrailer, error.Kind);
        Assert.Throws<ArgumentException>(() => HttpChunkedWriter.End([new(name, "1")]));
    }

    private static string? Written(HttpFields fields, string body, HttpFields? trailers = null)
        => HttpRequestWriter.TryWrite(new HttpRequestHead("POST", "/x", fields), Encoding.ASCII.GetBytes(body), trailers ?? HttpFields.Empty, out var bytes, out _) ? Encoding.Latin1.GetString(bytes) : null;

    private static HttpWriteErrorKind? ErrorOf(HttpFields fields)
    {
        HttpRequestWriter.TryWrite(new HttpRequestHead("POST", "/x", fields), "abc"u8, HttpFields.Empty, out _, out var error);
        return error?.Kind;
    }
}
