using Fathom.Cli.Http;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Services.Application.Http;
using Fathom.Services.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Host;

/// <summary>The services of a host while it is up.</summary>
internal sealed class HostServers(INetworkHost host, IReadOnlyList<IpVersion> versions)
{
    // Above what anybody opens by hand; a test opens thousands.
    private const int MostClients = 16 * 1024;

    private readonly List<Task> _running = [];
    private readonly List<(HostService Service, Task<TcpServerSummary> Summary)> _tcp = [];
    private readonly List<(HostService Service, Task<UdpServerSummary> Summary)> _udp = [];
    private int _httpRequests;
    private long _httpOctets;

    /// <summary>Starts them all. A refusal, where one cannot be.</summary>
    /// <param name="services">Which.</param>
    /// <param name="stop">Stops them.</param>
    public async Task<HostRefusal?> StartAsync(IReadOnlyList<HostService> services, CancellationToken stop)
    {
        foreach (var service in services)
        {
            var refusal = service.Small is { } small ? await StartAsync(service, small, stop) : await StartHttpAsync(service, stop);
            if (refusal is not null) return refusal;
        }

        return null;
    }

    /// <summary>Waits for their end.</summary>
    public Task WaitAsync() => Task.WhenAll(_running);

    /// <summary>What they did, a line for each; after their end.</summary>
    public IEnumerable<HostServiceSummary> Summaries()
    {
        foreach (var (service, task) in _tcp)
        {
            var summary = task.Result;
            yield return new HostServiceSummary(service.Name, "tcp", summary.Served, summary.Received, summary.Sent);
        }

        foreach (var (service, task) in _udp)
        {
            var summary = task.Result;
            yield return new HostServiceSummary(service.Name, "udp", summary.Datagrams, summary.Octets, null);
        }

        if (_httpRequests > 0) yield return new HostServiceSummary("http", "tcp", _httpRequests, null, _httpOctets);
    }

    private IReadOnlyList<IpEndpoint> Places(HostService service) => [.. versions.Select(v => new IpEndpoint(IpAddress.Any(v), service.Port))];

    private async Task<HostRefusal?> StartAsync(HostService service, SmallService small, CancellationToken stop)
    {
        var (stream, datagram) = small.Make(host);
        var started = await TcpServer.StartAsync(host, new TcpServerOptions(Places(service)) { Backlog = 1024, MaximumClients = MostClients }, stream, null, stop);
        if (!started.TryGet(out var tcp, out var refusal)) return refusal;
        var served = tcp.RunAsync(stop);
        _tcp.Add((service, served));
        _running.Add(served);
        var opened = await UdpServer.StartAsync(host, new UdpServerOptions(Places(service)), datagram, null, stop);
        if (!opened.TryGet(out var udp, out refusal)) return refusal;
        var answered = udp.RunAsync(stop);
        _udp.Add((service, answered));
        _running.Add(answered);
        return null;
    }

    private async Task<HostRefusal?> StartHttpAsync(HostService service, CancellationToken stop)
    {
        foreach (var place in Places(service))
        {
            var opened = await host.ListenAsync(new ListenOptions(place, 1024), stop);
            if (!opened.TryGet(out var listener, out var refusal)) return refusal;
            _running.Add(ServeHttpAsync(service, listener, stop));
        }

        return null;
    }

    private async Task ServeHttpAsync(HostService service, IStreamListener listener, CancellationToken stop)
    {
        await using (listener)
        {
            IHttpHandler handler = service.Folder is { } folder ? new FolderHandler(folder) : new DemoSite(host);
            await new HttpServer(host, listener, handler, new HttpServerOptions { MaximumConnections = MostClients }, OnServed).RunAsync(stop);
        }
    }

    private void OnServed(HttpServed served)
    {
        Interlocked.Increment(ref _httpRequests);
        Interlocked.Add(ref _httpOctets, served.BodyLength);
    }
}
