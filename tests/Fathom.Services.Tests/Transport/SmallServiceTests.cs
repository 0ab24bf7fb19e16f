using System.Text;
using System.Text.RegularExpressions;
using Fathom.Hosts;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Transport;

/// <summary>Character generator and daytime, by the words of RFC 864 and RFC 867.</summary>
public sealed partial class SmallServiceTests
{
    private static readonly INetworkHost Host = OsHost.Create();
    private static readonly IpEndpoint Client = new(IpAddress.LoopbackV4, 40000);
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chargen_sends_the_pattern_of_the_RFC_until_the_client_closes()
    {
        await using var server = await StartAsync(new ChargenService());
        var serving = server.RunAsync(_test);
        await using var client = await ConnectAsync(server);
        await client.WriteAsync("thrown away"u8.ToArray(), _test);
        var received = new byte[200_000];
        for (var count = 0; count < received.Length;) count += (await client.ReadAsync(received.AsMemory(count), _test)).Count;
        client.Abort();
        var lines = Encoding.ASCII.GetString(received).Split("\r\n");

        // RFC 864's example: the first line begins with a blank, the second with '!', and each has 72 characters.
        Assert.Equal(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg", lines[0]);
        Assert.Equal("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh", lines[1]);
        Assert.All(lines.SkipLast(1), static l => Assert.Equal(72, l.Length));
        for (var i = 1; i < lines.Length - 1; i++) Assert.Equal(lines[i - 1][1..], lines[i][..^1]);
        Assert.Equal(11, (await serving).Received);
    }

    [Fact]
    public void Chargen_by_UDP_never_answers_more_than_it_was_sent_nor_more_than_512_octets()
    {
        var service = new ChargenDatagramService();
        Assert.Equal(10, service.Answer(Client, new byte[10])!.Value.Length);
        Assert.Equal(0, service.Answer(Client, default)!.Value.Length);
        Assert.Equal(512, service.Answer(Client, new byte[5000])!.Value.Length);
        Assert.Null(service.Answer(Client with { Port = 7 }, new byte[10]));
    }

    [Fact]
    public async Task Daytime_is_one_line_and_the_end()
    {
        await using var server = await StartAsync(new DaytimeService(Host));
        var serving = server.RunAsync(_test);
        await using var client = await ConnectAsync(server);
        var text = new StringBuilder();
        var buffer = new byte[100];
        while (await client.ReadAsync(buffer, _test) is { Status: StreamStatus.Ok } read) text.Append(Encoding.ASCII.GetString(buffer, 0, read.Count));
        Assert.Matches(LongForm(), text.ToString());
        await serving;

        var answer = new DaytimeDatagramService(Host).Answer(Client, default)!.Value;
        Assert.Matches(ShortForm(), Encoding.ASCII.GetString(answer.Span));
        Assert.Null(new DaytimeDatagramService(Host).Answer(Client with { Port = 13 }, default));
    }

    [GeneratedRegex(@"^[A-Z][a-z]+day, [A-Z][a-z]+ \d{1,2}, \d{4} \d\d:\d\d:\d\d-UTC\r\n$")]
    private static partial Regex LongForm();

    [GeneratedRegex(@"^\d\d [A-Z]{3} \d\d \d\d:\d\d:\d\d UTC\r\n$")]
    private static partial Regex ShortForm();

    private async Task<TcpServer> StartAsync(IStreamService service)
    {
        var options = new TcpServerOptions([new IpEndpoint(IpAddress.LoopbackV4, 0)]) { StopAfter = 1 };
        return (await TcpServer.StartAsync(Host, options, service, null, _test)).Value!;
    }

    private async Task<IStreamConnection> ConnectAsync(TcpServer server)
        => ((ConnectResult.Connected)await Host.ConnectAsync(server.Local[0], new ConnectOptions(TimeSpan.FromSeconds(10)), _test)).Connection;
}
