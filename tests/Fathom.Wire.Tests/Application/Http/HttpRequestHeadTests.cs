using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class HttpRequestHeadTests
{
    private static readonly HttpFields Host = [new("Host", "example.com")];

    [Fact]
    public void WritesTheExactOctets()
    {
        // RFC 9110 §5.1 and RFC 9112 §3: order and case as given.
        var head = new HttpRequestHead("GET", "/where?q=now", [new("Host", "www.example.com"), new("uSeR-aGeNt", "fathom/1"), new("X", "")]);
        const string Expected = "GET /where?q=now HTTP/1.1\r\nHost: www.example.com\r\nuSeR-aGeNt: fathom/1\r\nX: \r\n\r\n";
        Assert.Equal(Expected, Encoding.Latin1.GetString(head.ToBytes()));
        var buffer = new byte[Expected.Length];
        Assert.Equal(Expected.Length, head.WriteTo(buffer));
        Assert.Equal(head.ToBytes(), buffer);
        Assert.Throws<ArgumentException>(() => head.WriteTo(new byte[Expected.Length - 1]));
    }

    [Theory]
    [InlineData("GET /", "/")]
    [InlineData("", "/")]
    [InlineData("GE\r\nT", "/")]
    [InlineData("GET", "")]
    [InlineData("GET", "/ HTTP/1.1\r\nX: y")]
    [InlineData("GET", "/a b")]
    [InlineData("GET", "/\0")]
    [InlineData("GET", "/ü")]
    public void RefusesAStartLineThatWouldBeAnother(string method, string target)
        => Assert.Throws<ArgumentException>(() => new HttpRequestHead(method, target, Host).ToBytes());

    [Theory]
    [InlineData("", "x")]
    [InlineData("A B", "x")]
    [InlineData("A:", "x")]
    [InlineData("A\r\n", "x")]
    [InlineData("Ä", "x")]
    [InlineData("A", "x\r\nB: y")]
    [InlineData("A", "x\n")]
    [InlineData("A", "x\r")]
    [InlineData("A", "x\0")]
    [InlineData("A", "x\x1B")]
    [InlineData("A", "x\x7F")]
    [InlineData("A", "日")] // would become another octet, as U+010A would become LF
    [InlineData("A", "\u010A")]
    [InlineData("Host", "second.example")]
    [InlineData("Content-Length", "1, 1")]
    [InlineData("Content-Length", "-1")]
    public void RefusesFieldsThatWouldBeOthers(string name, string value)
        => Assert.Throws<ArgumentException>(() => new HttpRequestHead("GET", "/", Host.With(name, value)).ToBytes());

    [Fact]
    public void RefusesWhatTwoReadersFrameDifferently()
    {
        Assert.Throws<ArgumentException>(() => new HttpRequestHead("POST", "/", Host.With("Content-Length", "1").With("Transfer-Encoding", "chunked")).ToBytes());
        Assert.Throws<ArgumentException>(() => new HttpRequestHead("POST", "/", Host.With("Content-Length", "1").With("content-length", "1")).ToBytes());
        Assert.Throws<ArgumentException>(() => new HttpRequestHead("GET", "/", HttpFields.Empty).ToBytes());
    }

    [Fact]
    public void FieldsKeepOrderAndRepeats()
    {
        HttpFields fields = [new("Accept", "a"), new("Set-Cookie", "x=1"), new("accept", "b"), new("set-cookie", "y=2")];
        Assert.Equal("a", fields.First("ACCEPT"));
        Assert.Equal(["a", "b"], fields.All("Accept"));
        Assert.Equal("a, b", fields.Combined("accept"));
        Assert.Null(fields.Combined("none"));
        Assert.Null(fields.First("none"));
        Assert.Throws<ArgumentException>(() => fields.Combined("Set-Cookie"));
        Assert.Equal(["x=1", "y=2"], fields.All("Set-Cookie"));
        Assert.Equal(["Accept", "Set-Cookie", "accept", "set-cookie"], fields.Select(field => field.Name));
        Assert.Equal(2, fields.Without("ACCEPT").Count);
    }
}
