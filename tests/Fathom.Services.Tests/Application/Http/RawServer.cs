using System.Text;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Probes;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Application.Http;

/// <summary>Waits for a request, writes the given octets, and closes.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly OsHost _host = OsHost.Create();
    private readonly IStreamListener _listener;
    private readonly Task _serving;

    private RawServer(IStreamListener listener, string answer)
    {
        _listener = listener;
        _serving = ServeAsync(answer);
    }

    public HttpTarget Target => HttpTarget.TryParse($"http://{_listener.Local}/", out var target, out var reason) ? target : throw new InvalidOperationException(reason);

    public static async Task<RawServer> StartAsync(string answer)
        => new((await OsHost.Create().ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), default)).Value!, answer);

    public HttpAgent Agent(HttpAgentOptions options)
    {
        return new HttpAgent(ProbeContext.WithoutCapture(_host), options);
    }

    public async ValueTask DisposeAsync()
    {
        await _serving;
        await _listener.DisposeAsync();
    }

    private async Task ServeAsync(string answer)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var connection = await _listener.AcceptAsync(patience.Token);
        await connection.ReadAsync(new byte[4096], patience.Token);
        if (answer.Length > 0) await connection.WriteAsync(Encoding.Latin1.GetBytes(answer), patience.Token);
        await connection.ShutdownAsync(patience.Token);
    }
}
