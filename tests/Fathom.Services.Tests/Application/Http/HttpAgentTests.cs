using System.IO.Compression;
using System.Text;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Application.Http;
using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Tests.Application.Http;

/// <summary>The client against a server whose answers are given.</summary>
public sealed class HttpAgentTests
{
    [Fact]
    public async Task UsesConnectionsAgainAndTellsWhenItDid()
    {
        await using var server = await ServerFixture.StartAsync();
        var (hops, _) = await Journeys(server, new HttpAgentOptions(), "GET /a", "GET /b", "GET /c");
        Assert.Equal([false, true, true], hops.Select(static h => h.Connection.Reused));
        Assert.Equal([true, false, false], hops.Select(static h => h.Phases.Tcp is not null));
    }

    // RFC 9110 §15.4 and §9.3.
    [Theory]
    [InlineData("POST", 301, "GET", false)]
    [InlineData("POST", 302, "GET", false)]
    [InlineData("POST", 303, "GET", false)]
    [InlineData("PUT", 303, "GET", false)]
    [InlineData("PUT", 302, "PUT", true)]
    [InlineData("POST", 307, "POST", true)]
    [InlineData("POST", 308, "POST", true)]
    public async Task RedirectsChangeMethodAndBody(string method, int status, string next, bool keepsBody)
    {
        await using var server = await ServerFixture.StartAsync(new Script(r => r.Path == "/start" ? new HttpReply(status) { Fields = [new("Location", "end?x")] } : HttpReply.Text(200, $"{r.Head.Method} {r.Body.Length}")));
        var (hops, journeys) = await Journeys(server, new HttpAgentOptions { FollowRedirects = true }, $"{method} /start abc");
        Assert.Equal(2, hops.Count);
        Assert.Equal($"{next} {(keepsBody ? 3 : 0)}\n", Body(journeys[0]));
        Assert.Equal("/end?x", hops[1].Target.PathAndQuery);
    }

    [Fact]
    public async Task CredentialsStayWithTheirOrigin()
    {
        await using var other = await ServerFixture.StartAsync(new Script(r => HttpReply.Text(200, $"{r.Head.Fields.First("Authorization")}|{r.Head.Fields.First("Cookie")}")));
        await using var server = await ServerFixture.StartAsync(new Script(r => new HttpReply(302) { Fields = [new("Location", r.Path == "/away" ? $"http://{other.Endpoint}/" : "/away")] }));
        await using var agent = Agent(server, new HttpAgentOptions { FollowRedirects = true });
        var request = new HttpAgentRequest("GET", Target(server, "/start")) { Credentials = "ada:secret", Fields = [new("Cookie", "a=1")] };
        var journey = await agent.SendAsync(request, default);
        Assert.Equal("Basic YWRhOnNlY3JldA==", journey.Hops[1].Request.Fields.First("Authorization")); // the same origin still
        Assert.Equal("|\n", Body(journey));
        Assert.Contains("credentials stay behind", journey.Hops[1].Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndlessRedirectEndsAtTheLimit()
    {
        await using var server = await ServerFixture.StartAsync(new Script(static _ => new HttpReply(302) { Fields = [new("Location", "/again")] }));
        var (hops, journeys) = await Journeys(server, new HttpAgentOptions { FollowRedirects = true, MaximumRedirects = 5 }, "GET /");
        Assert.Equal((6, HttpFailureKind.BadRedirect), (hops.Count, journeys[0].Last.Failure?.Kind));
        await using var elsewhere = await ServerFixture.StartAsync(new Script(static _ => new HttpReply(302) { Fields = [new("Location", "ftp://x/")] }));
        Assert.Equal(HttpFailureKind.BadRedirect, (await Journeys(elsewhere, new HttpAgentOptions { FollowRedirects = true }, "GET /")).Journeys[0].Last.Failure?.Kind);
    }

    [Fact]
    public async Task OnlyIdempotentRequestsAreRepeated()
    {
        var count = 0;
        await using var server = await ServerFixture.StartAsync(new Script(_ => ++count % 2 == 1 ? new HttpReply(503) { Fields = [new("Retry-After", "0")] } : HttpReply.Text(200, "now")));
        var (hops, _) = await Journeys(server, new HttpAgentOptions { Retries = 2 }, "GET /");
        Assert.Equal([503, 200], hops.Select(static h => h.Answer!.Head.Status));
        count = 0;
        Assert.Equal(503, Assert.Single((await Journeys(server, new HttpAgentOptions { Retries = 2 }, "POST / x")).Hops).Answer!.Head.Status);
    }

    // A body goes where it is wanted piece by piece; that of a redirect goes nowhere, and one to be decoded stays in memory.
    [Fact]
    public async Task ABodyGoesToItsSinkAndNotIntoMemory()
    {
        var large = new byte[3_000_000];
        new Random(3).NextBytes(large);
        await using var server = await ServerFixture.StartAsync(new Script(r => r.Path switch
        {
            "/start" => HttpReply.Text(302, "nobody's") with { Fields = [new("Location", "/large")] },
            "/packed" => Packed(large),
            _ => new HttpReply(200) { Body = large },
        }));
        var sink = new MemorySink();
        var asked = new List<int>();
        async Task<HttpJourney> GetAsync(string path, HttpAgentOptions options)
        {
            await using var agent = Agent(server, options);
            return await agent.SendAsync(new HttpAgentRequest("GET", Target(server, path)) { Sink = head => { asked.Add(head.Status); return sink; } }, default);
        }

        var journey = await GetAsync("/start", new HttpAgentOptions { FollowRedirects = true, MaximumBody = 1000 });
        Assert.Null(journey.Last.Failure);
        Assert.Equal([200], asked);
        Assert.Equal(large, sink.Octets.ToArray());
        Assert.True(sink.Largest < 100_000, $"{sink.Largest} octets at once");
        Assert.Equal((true, 3_000_000L, 0), (journey.Last.Answer!.IsStored, journey.Last.Answer.BodyLength, journey.Last.Answer.Body.Length));

        var packed = await GetAsync("/packed", new HttpAgentOptions { Compressed = true });
        Assert.Equal((false, 3_000_000), (packed.Last.Answer!.IsStored, packed.Last.Answer.Content.Content.Length));

        Assert.Equal(HttpFailureKind.TooLarge, (await GetAsync("/large", new HttpAgentOptions { MaximumStored = 1_000_000 })).Last.Failure?.Kind);
        sink.Full = true;
        var refused = (await GetAsync("/large", new HttpAgentOptions())).Last.Failure;
        Assert.Equal((HttpFailureKind.NotStored, "the disk is full"), (refused?.Kind, refused?.Detail));
    }

    private sealed class MemorySink : IHttpBodySink
    {
        public MemoryStream Octets { get; } = new();

        public int Largest { get; private set; }

        public bool Full { get; set; }

        public ValueTask<string?> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
        {
            if (Full) return ValueTask.FromResult<string?>("the disk is full");
            Largest = Math.Max(Largest, octets.Length);
            Octets.Write(octets.Span);
            return ValueTask.FromResult<string?>(null);
        }
    }

    [Fact]
    public async Task UnpacksAndStopsABomb()
    {
        await using var server = await ServerFixture.StartAsync(new Script(static r => Packed(r.Path == "/bomb" ? new byte[20_000_000] : "small"u8.ToArray())));
        var options = new HttpAgentOptions { Compressed = true, MaximumBody = 100_000 };
        var (_, journeys) = await Journeys(server, options, "GET /small", "GET /bomb");
        Assert.Equal("small", Body(journeys[0]));
        Assert.Equal((HttpFailureKind.TooLarge, 100_000), (journeys[1].Last.Failure?.Kind, journeys[1].Last.Answer!.Content.Content.Length));
    }

    // What a hostile or broken server can do; nothing hangs, and each has its name.
    [Theory]
    [InlineData("", HttpFailureKind.Truncated, "before it answered")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", HttpFailureKind.Truncated, "inside the head")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", HttpFailureKind.Truncated, "after 3 of 10 octets")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", HttpFailureKind.Truncated, "before its end")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", HttpFailureKind.Malformed, "chunk size begins with")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", HttpFailureKind.Malformed, "Content-Length")]
    [InlineData("SSH-2.0-x\r\n", HttpFailureKind.Malformed, "HTTP/")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", HttpFailureKind.Truncated, "after 0 of 999999")]
    public async Task NamesWhatABrokenServerDid(string answer, HttpFailureKind kind, string words)
    {
        await using var server = await RawServer.StartAsync(answer);
        await using var agent = server.Agent(new HttpAgentOptions());
        var failure = (await agent.SendAsync(new HttpAgentRequest("GET", server.Target), default)).Last.Failure;
        Assert.Equal(kind, failure?.Kind);
        Assert.Contains(words, failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndlessHeadEndsAtTheLimit()
    {
        await using var server = await RawServer.StartAsync("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 5000).Select(static i => $"X-{i}: {new string('a', 100)}\r\n")));
        await using var agent = server.Agent(new HttpAgentOptions());
        var hop = (await agent.SendAsync(new HttpAgentRequest("GET", server.Target), default)).Last;
        Assert.Equal(HttpFailureKind.Malformed, hop.Failure?.Kind);
        Assert.True(hop.ReceivedLength < 200_000);
    }

    [Fact]
    public async Task ABodyUntilCloseIsWholeAtTheClose()
    {
        await using var server = await RawServer.StartAsync("HTTP/1.0 200 OK\r\n\r\nhello");
        await using var agent = server.Agent(new HttpAgentOptions());
        var journey = await agent.SendAsync(new HttpAgentRequest("GET", server.Target), default);
        Assert.Equal(("hello", HttpFraming.UntilClose), (Body(journey), journey.Last.Answer!.Framing));
    }

    [Fact]
    public async Task NothingIsSentThatCouldBeReadTwoWays()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var agent = Agent(server, new HttpAgentOptions());
        var journey = await agent.SendAsync(new HttpAgentRequest("GET", Target(server, "/")) { Fields = [new("X", "a\r\nEvil: b")] }, default);
        Assert.Equal(HttpFailureKind.BadRequest, journey.Last.Failure?.Kind);
        Assert.True(journey.Last.RequestBytes.IsEmpty);
    }

    private static async Task<(List<HttpHop> Hops, List<HttpJourney> Journeys)> Journeys(ServerFixture server, HttpAgentOptions options, params string[] requests)
    {
        await using var agent = Agent(server, options);
        var journeys = new List<HttpJourney>();
        foreach (var words in requests.Select(static r => r.Split(' ')))
            journeys.Add(await agent.SendAsync(new HttpAgentRequest(words[0], Target(server, words[1])) { Body = words.Length > 2 ? Encoding.ASCII.GetBytes(words[2]) : default }, default));
        return ([.. journeys.SelectMany(static j => j.Hops)], journeys);
    }

    private static HttpAgent Agent(ServerFixture server, HttpAgentOptions options)
    {
        return new HttpAgent(ProbeContext.WithoutCapture(server.Host), options);
    }

    private static HttpTarget Target(ServerFixture server, string path) => HttpTarget.TryParse($"http://{server.Endpoint}{path}", out var target, out var reason) ? target : throw new ArgumentException(reason);

    private static string Body(HttpJourney journey) => Encoding.UTF8.GetString(journey.Last.Answer!.Content.Content.Span);

    private static HttpReply Packed(byte[] content)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal)) gzip.Write(content);
        return new HttpReply(200) { Fields = [new("Content-Encoding", "gzip")], Body = output.ToArray() };
    }

    private sealed class Script(Func<HttpServerRequest, HttpReply> answer) : IHttpHandler
    {
        public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation) => ValueTask.FromResult(answer(request));
    }
}
