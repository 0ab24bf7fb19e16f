using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>Shapes known from published attacks on pairs of servers (RFC 9112 §11.2): each is refused, and by its name.</summary>
public sealed class HttpSmugglingTests
{
    private const string Start = "POST / HTTP/1.1\r\nHost: a\r\n";

    [Theory]
    [InlineData(Start + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", "cl-te")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n", "cl-te")]
    [InlineData(Start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", "cl-cl")]
    [InlineData(Start + "Content-Length: 5, 6\r\n\r\n", "cl-cl")]
    [InlineData(Start + "Content-Length: +5\r\n\r\n", "cl-obscured")]
    [InlineData(Start + "Content-Length: 0x5\r\n\r\n", "cl-obscured")]
    [InlineData(Start + "Content-Length: 5 5\r\n\r\n", "cl-obscured")]
    [InlineData(Start + "Content-Length: 99999999999999999999\r\n\r\n", "cl-obscured")]
    [InlineData(Start + "Transfer-Encoding: xchunked\r\n\r\n", "te-te")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n", "te-te")]
    [InlineData(Start + "Transfer-Encoding: chunked, chunked\r\n\r\n", "te-te")]
    [InlineData(Start + "Transfer-Encoding: \"chunked\"\r\n\r\n", "te-te")]
    [InlineData(Start + "Transfer-Encoding: \x0B" + "chunked\r\n\r\n", "control-character")]
    [InlineData(Start + "Transfer-Encoding : chunked\r\n\r\n", "space-before-colon")]
    [InlineData(Start + "Transfer-Encoding\t: chunked\r\n\r\n", "space-before-colon")]
    [InlineData(Start + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n", "obs-fold")]
    [InlineData("POST / HTTP/1.1\r\n Transfer-Encoding: chunked\r\n\r\n", "space-before-first-field")]
    [InlineData(Start + "X: y\nTransfer-Encoding: chunked\r\n\r\n", "bare-lf")]
    [InlineData(Start + "X: y\rTransfer-Encoding: chunked\r\n\r\n", "bare-cr")]
    [InlineData(Start + "X: y\0\r\n\r\n", "control-character")]
    [InlineData("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "te-http10")]
    [InlineData("CONNECT a:1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", "connect-body")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "ambiguous-host")]
    [InlineData("GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n", "ambiguous-host")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\n", "chunk-size-overflow")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "chunk-size-overflow")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\n0x5\r\n", "chunk-size-obscured")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\n-5\r\n", "chunk-size-obscured")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\n5\n", "chunk-bare-lf")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\n2;x\nxx\r\n", "chunk-bare-lf")]
    [InlineData(Start + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", "chunk-end-missing")]
    public void IsRefusedByName(string request, string word)
    {
        var reading = HttpRequestReading.Of(request);
        Assert.Equal(HttpReadState.Failed, reading.Reader.State);
        Assert.Equal(word, reading.Error?.Shape?.ToText());
    }

    [Theory]
    [InlineData("GET /\r\n")]
    [InlineData("GET / HTTP/2.0\r\n")]
    public void OtherFaultsHaveNoName(string request) => Assert.Null(HttpRequestReading.Of(request).Error!.Shape);

    [Fact]
    public void EveryShapeHasItsOwnWord()
        => Assert.Equal(Enum.GetValues<HttpSmugglingShape>().Length, Enum.GetValues<HttpSmugglingShape>().Select(static s => s.ToText()).Distinct().Count());
}
