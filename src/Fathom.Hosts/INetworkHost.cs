using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts;

/// <summary>
/// A host on a network: this machine, or one in the lab. Probes ask their questions of it and of nothing
/// else. What the network does comes back as values; a <see cref="HostRefusal"/> says that the host itself
/// cannot; exceptions mean misuse or cancellation. All members may be called concurrently.
/// </summary>
public interface INetworkHost
{
    /// <summary>The host's name, for people.</summary>
    string Name { get; }

    /// <summary>The host's clock and timers. Every delay, deadline and time stamp is taken from here.</summary>
    TimeProvider Time { get; }

    /// <summary>The host's randomness.</summary>
    HostRandom Random { get; }

    /// <summary>The interfaces with their addresses, as they are now.</summary>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation);

    /// <summary>The routing table (on Linux the main and local tables and any that a rule names), both versions.</summary>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation);

    /// <summary>What the host would do with a packet to this destination now: nothing is sent.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation);

    /// <summary>The neighbor cache: ARP and neighbor discovery, all states.</summary>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation);

    /// <summary>How this host resolves names: servers, search list, options, and the hosts file.</summary>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation);

    /// <summary>The certificates that this host trusts as roots.</summary>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation);

    /// <summary>The TCP and UDP sockets of this host (of its network namespace), with their owners where they may be known.</summary>
    /// <param name="cancellation">Ends the question.</param>
    ValueTask<HostResult<IReadOnlyList<HostSocket>>> GetSocketsAsync(CancellationToken cancellation);

    /// <summary>Opens a UDP socket.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation);

    /// <summary>Opens a TCP connection. Refused, timed out and unreachable are values.</summary>
    /// <param name="remote">The peer.</param>
    /// <param name="options">How, and how long.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation);

    /// <summary>Listens for TCP connections.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation);

    /// <summary>Opens a socket for ICMP or ICMPv6 echo.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation);

    /// <summary>Starts to capture frames on all interfaces.</summary>
    /// <param name="options">What to keep.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation);

    /// <summary>Sends one frame as it is, link header included, out of an interface.</summary>
    /// <param name="interfaceIndex">The interface.</param>
    /// <param name="frame">The whole frame without frame check sequence.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Null when the frame was handed to the interface; else why not.</returns>
    ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation);
}
