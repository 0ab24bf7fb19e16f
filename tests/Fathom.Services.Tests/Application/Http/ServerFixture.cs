using System.Text;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Services.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Application.Http;

/// <summary>A server on a free loopback port, and raw connections to it.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private readonly OsHost _host = OsHost.Create();
    private readonly CancellationTokenSource _stop = new();
    private readonly IStreamListener _listener;
    private readonly Task _serving;

    private ServerFixture(IStreamListener listener, IHttpHandler handler, HttpServerOptions options, Action<HttpServed>? onServed)
    {
        _listener = listener;
        _serving = new HttpServer(_host, listener, handler, options, onServed).RunAsync(_stop.Token);
    }

    public IpEndpoint Endpoint => _listener.Local;

    public OsHost Host => _host;

    public static async Task<ServerFixture> StartAsync(IHttpHandler? handler = null, HttpServerOptions? options = null, Action<HttpServed>? onServed = null)
    {
        var opened = await OsHost.Create().ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), default);
        return new ServerFixture(opened.Value!, handler ?? new MethodLab(), options ?? new HttpServerOptions(), onServed);
    }

    /// <summary>Sends octets, and reads until the server closes.</summary>
    /// <param name="text">The octets as Latin-1.</param>
    /// <param name="thenShutDown">Send a FIN behind them.</param>
    public async Task<string> TalkAsync(string text, bool thenShutDown = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var connected = await _host.ConnectAsync(Endpoint, new ConnectOptions(TimeSpan.FromSeconds(5)), patience.Token);
        await using var connection = Assert.IsType<ConnectResult.Connected>(connected).Connection;
        await connection.WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
        if (thenShutDown) await connection.ShutdownAsync(patience.Token);
        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await connection.ReadAsync(buffer, patience.Token);
            if (read.Status != StreamStatus.Ok) return answer.ToString();
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read.Count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _serving;
        await _listener.DisposeAsync();
        _stop.Dispose();
    }
}
