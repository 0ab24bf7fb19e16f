using Fathom.Hosts;
using Fathom.Services.Application.Iperf;

namespace Fathom.Services.Transport;

/// <summary>A service that needs nothing said but its name, over TCP and UDP at its usual port: the small ones that hosts have had since 1983, and iperf3's.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Make">Makes what serves TCP, and what answers UDP, on a host.</param>
public sealed record SmallService(string Name, ushort Port, Func<INetworkHost, (IStreamService Stream, IDatagramService Datagram)> Make)
{
    /// <summary>All of them: echo (RFC 862), discard (RFC 863), daytime (RFC 867), chargen (RFC 864) and iperf3.</summary>
    public static IReadOnlyList<SmallService> All { get; } =
    [
        new("echo", 7, static _ => (new EchoService(), new EchoDatagramService())),
        new("discard", 9, static _ => (new DiscardService(), new DiscardDatagramService())),
        new("daytime", 13, static host => (new DaytimeService(host), new DaytimeDatagramService(host))),
        new("chargen", 19, static _ => (new ChargenService(), new ChargenDatagramService())),
        new("iperf3", IperfServer.Port, static host => Both(new IperfServer(host))),
    ];

    // The connections of an iperf3 test say what its datagrams are to be.
    private static (IStreamService Stream, IDatagramService Datagram) Both(IperfServer server) => (server, server);

    /// <summary>The one of a name, or null.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static SmallService? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
