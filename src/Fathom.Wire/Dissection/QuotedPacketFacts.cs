using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>The packet that an ICMP error quotes, as far as the quote goes: what ties the error to a probe.</summary>
public readonly record struct QuotedPacketFacts
{
    /// <summary>The version; 0 where nothing is quoted.</summary>
    public IpVersion IpVersion { get; init; }

    /// <summary>The sender: who the error is for.</summary>
    public IpAddress Source { get; init; }

    /// <summary>Where the packet was going.</summary>
    public IpAddress Destination { get; init; }

    /// <summary>TTL or hop limit as the reporting node saw it.</summary>
    public byte HopLimit { get; init; }

    /// <summary>The upper layer's protocol, after extension headers.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>The IPv4 identification, or that of an IPv6 fragment header.</summary>
    public uint Identification { get; init; }

    /// <summary>Octets of the whole quoted packet, as its header states them.</summary>
    public int TotalLength { get; init; }

    /// <summary>True if the ports are there.</summary>
    public bool HasPorts { get; init; }

    /// <summary>TCP or UDP source port.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>TCP or UDP destination port.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>TCP sequence number, where the protocol is TCP and the quote has it.</summary>
    public SequenceNumber? TcpSequence { get; init; }

    /// <summary>UDP length field, octets; 0 where there is none.</summary>
    public ushort UdpLength { get; init; }

    /// <summary>True if the quoted packet is an echo request or reply with identifier and sequence number.</summary>
    public bool IsEcho { get; init; }

    /// <summary>ICMP or ICMPv6 type, where the protocol is one of them.</summary>
    public byte IcmpType { get; init; }

    /// <summary>Echo identifier, where <see cref="IsEcho"/>.</summary>
    public ushort EchoIdentifier { get; init; }

    /// <summary>Echo sequence number, where <see cref="IsEcho"/>.</summary>
    public ushort EchoSequence { get; init; }

    /// <summary>Source address and port.</summary>
    public IpEndpoint SourceEndpoint => new(Source, SourcePort);

    /// <summary>Destination address and port.</summary>
    public IpEndpoint DestinationEndpoint => new(Destination, DestinationPort);
}
