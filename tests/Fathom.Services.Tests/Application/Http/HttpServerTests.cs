using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Tests.Application.Http;

/// <summary>What a server must do by RFC 9110 and RFC 9112, octet for octet.</summary>
public sealed class HttpServerTests
{
    private const string Close = "Connection: close\r\n";

    [Fact]
    public async Task AnswersPipelinedRequestsInOrder()
    {
        await using var server = await ServerFixture.StartAsync(new Echo());
        var answer = await server.TalkAsync($"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\nHost: a\r\n{Close}\r\n");
        Assert.Equal(3, answer.Split("HTTP/1.1 200 OK\r\n").Length - 1);
        Assert.Equal(["GET /1 ", "POST /2 abc", "GET /3 "], Bodies(answer));
    }

    [Fact]
    public async Task HeadHasTheFieldsOfGetAndNoBody()
    {
        await using var server = await ServerFixture.StartAsync(new Echo());
        var answer = await server.TalkAsync($"HEAD /1 HTTP/1.1\r\nHost: a\r\n{Close}\r\n");
        Assert.Contains("Content-Length: 8\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadsChunksAndWritesThem()
    {
        await using var server = await ServerFixture.StartAsync(new Echo { ChunkSize = 4 });
        var answer = await server.TalkAsync($"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n{Close}\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nSum: 1\r\n\r\n");
        Assert.EndsWith("\r\n\r\n4\r\nPOST\r\n4\r\n /x \r\n3\r\nabc\r\n0\r\nGot: Sum\r\n\r\n", answer, StringComparison.Ordinal);

        // RFC 9112 §6.1: no chunks to an HTTP/1.0 client.
        var old = await server.TalkAsync("GET /x HTTP/1.0\r\n\r\n");
        Assert.EndsWith("\r\n\r\nGET /x ", old, StringComparison.Ordinal);
        Assert.DoesNotContain("chunked", old, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysContinueBeforeABodyThatWaits()
    {
        await using var server = await ServerFixture.StartAsync(new Echo());

        // The body is not there yet when the head is read: the FIN behind the head leaves the request cut, after the 100.
        var answer = await server.TalkAsync("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n", thenShutDown: true);
        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\nHost: a\r\n\r\n", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n", 431)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n", 431)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\naaaaaaaaaaa\r\n0\r\n\r\n", 413)]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n", 400)]
    public async Task RefusesAndCloses(string request, int status)
    {
        var options = new HttpServerOptions { MaximumBody = 10, Limits = new HttpLimits { MaximumStartLineLength = 80, MaximumFieldLength = 80, MaximumFields = 5 } };
        await using var server = await ServerFixture.StartAsync(new Echo(), options);

        // What follows a refused request is not answered: where it begins, nobody can know.
        var answer = await server.TalkAsync(request + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split("\r\nDate: ").Skip(1));
        Assert.Contains(Close, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesUpOnASlowRequestWith408AndOnAnIdleConnectionWithoutAWord()
    {
        await using var slow = await ServerFixture.StartAsync(new Echo(), new HttpServerOptions { RequestTimeout = TimeSpan.FromMilliseconds(200) });
        Assert.StartsWith("HTTP/1.1 408 ", await slow.TalkAsync("GET / HTTP/1.1\r\nHo"), StringComparison.Ordinal);
        await using var idle = await ServerFixture.StartAsync(new Echo(), new HttpServerOptions { IdleTimeout = TimeSpan.FromMilliseconds(200) });
        Assert.Empty(await idle.TalkAsync(""));
    }

    [Fact]
    public async Task KeepsAnHttp10ConnectionOnlyWhenAsked()
    {
        await using var server = await ServerFixture.StartAsync(new Echo());
        var answer = await server.TalkAsync("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
        Assert.Contains("Connection: keep-alive\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(["GET /1 ", "GET /2 "], Bodies(answer));
    }

    [Fact]
    public async Task TellsWhatWasWrong()
    {
        var served = new List<HttpServed>();
        await using (var server = await ServerFixture.StartAsync(new Echo(), onServed: served.Add))
            await server.TalkAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\n0\n\n");
        Assert.Equal((400, HttpSmugglingShape.ChunkLineBareLineFeed), (served[0].Status, served[0].Refused!.Shape));
    }

    private static IEnumerable<string> Bodies(string answer) => answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries).Select(static part => part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);

    /// <summary>Answers with method, path and body.</summary>
    private sealed class Echo : IHttpHandler
    {
        public int? ChunkSize { get; init; }

        public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation) => ValueTask.FromResult(new HttpReply(200)
        {
            Body = (byte[])[.. System.Text.Encoding.ASCII.GetBytes($"{request.Head.Method} {request.Path} "), .. request.Body.Span],
            ChunkSize = ChunkSize,
            Trailers = request.Trailers.Count > 0 ? [new HttpField("Got", request.Trailers[0].Name)] : HttpFields.Empty,
        });
    }
}
