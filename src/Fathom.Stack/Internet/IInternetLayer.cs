using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What an upper layer asks of the internet layer.</summary>
internal interface IInternetLayer
{
    /// <summary>Where buffers come from.</summary>
    PacketPool Pool { get; }

    /// <summary>Finds how a destination is reached, and from which of this host's addresses (RFC 6724 §5 where the caller has none).</summary>
    /// <param name="destination">The destination; a link-local one with its zone, unless there is one interface only.</param>
    /// <param name="source">The source address that must be used, or null.</param>
    /// <param name="path">The path; shared by all that ask for the same, and kept up to date while it is used.</param>
    /// <returns>False where no route leads there, or the source is none of this host's.</returns>
    bool TryFindPath(IpAddress destination, IpAddress? source, [NotNullWhen(true)] out IpPath? path);

    /// <summary>How an answer in the name of a packet's destination, which need not be this host, gets back to its source.</summary>
    /// <param name="arrival">The packet.</param>
    /// <returns>The path; null where no route leads there.</returns>
    IpPath? FindReturnPath(in Arrival arrival);

    /// <summary>True if an address is this host's: packets to it are delivered here.</summary>
    /// <param name="address">The address.</param>
    bool IsLocal(IpAddress address);

    /// <summary>True if an address is everybody's on an interface: the limited broadcast, or that of a prefix of the interface (RFC 1122 §3.2.1.3).</summary>
    /// <param name="on">The interface.</param>
    /// <param name="address">The address.</param>
    bool IsBroadcast(NetworkInterface on, IpAddress address);

    /// <summary>
    /// Sends an upper layer's packet: IP header, fragments where they are needed and allowed, the neighbor's address, the link header. A neighbor that is not
    /// known yet is asked for, and the packet waits.
    /// </summary>
    /// <param name="segment">The packet from the upper layer's header on, checksum included; the internet layer owns it from here on.</param>
    /// <param name="path">How.</param>
    /// <param name="protocol">What it is.</param>
    /// <param name="options">How.</param>
    /// <param name="now">The time.</param>
    void Send(PacketBuffer segment, IpPath path, IpProtocol protocol, in IpSendOptions options, TimeSpan now);
}
