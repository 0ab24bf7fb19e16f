using Fathom.Hosts;

namespace Fathom.Services.Transport;

/// <summary>One of the small services that hosts have had since 1983, over TCP and UDP at the port of IANA's registry.</summary>
/// <param name="Name">Its name in that registry.</param>
/// <param name="Port">Its port.</param>
/// <param name="Stream">Makes what serves TCP on a host.</param>
/// <param name="Datagram">Makes what answers UDP on a host.</param>
public sealed record SmallService(string Name, ushort Port, Func<INetworkHost, IStreamService> Stream, Func<INetworkHost, IDatagramService> Datagram)
{
    /// <summary>All of them: echo (RFC 862), discard (RFC 863), daytime (RFC 867) and chargen (RFC 864).</summary>
    public static IReadOnlyList<SmallService> All { get; } =
    [
        new("echo", 7, static _ => new EchoService(), static _ => new EchoDatagramService()),
        new("discard", 9, static _ => new DiscardService(), static _ => new DiscardDatagramService()),
        new("daytime", 13, static host => new DaytimeService(host), static host => new DaytimeDatagramService(host)),
        new("chargen", 19, static _ => new ChargenService(), static _ => new ChargenDatagramService()),
    ];

    /// <summary>The one of a name, or null.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static SmallService? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
