using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>What an IPv6 packet's extension headers lead to.</summary>
public readonly ref struct Ipv6UpperLayer
{
    private Ipv6UpperLayer(Ipv6ExtensionEnumerator walk, IpAddress finalDestination, ushort fragmentField, uint identification, bool isFragment)
    {
        Protocol = walk.NextProtocol;
        Offset = Ipv6Packet.HeaderLength + walk.NextOffset;
        Bytes = walk.Rest;
        FinalDestination = finalDestination;
        IsFragment = isFragment;
        FragmentOffset = fragmentField & 0xFFF8;
        MoreFragments = (fragmentField & 1) != 0;
        FragmentIdentification = identification;
    }

    /// <summary>The upper layer's protocol; of the first fragment's, where this is a later one (RFC 8200 §4.5).</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Octets from the packet's first to the upper layer's first.</summary>
    public int Offset { get; }

    /// <summary>The upper layer's bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The last address of a routing header that is not yet walked, else the packet's destination: the one in the pseudo-header (RFC 8200 §8.1).</summary>
    public IpAddress FinalDestination { get; }

    /// <summary>True if there is a fragment header and it does not mark an atomic fragment (RFC 6946).</summary>
    public bool IsFragment { get; }

    /// <summary>Where <see cref="Bytes"/> belongs in the fragmentable part, in octets: a multiple of 8. Above 0 it does not begin with a header.</summary>
    public int FragmentOffset { get; }

    /// <summary>Fragments of the same packet follow behind this one.</summary>
    public bool MoreFragments { get; }

    /// <summary>Ties fragments together; 0 without a fragment header.</summary>
    public uint FragmentIdentification { get; }

    internal static Ipv6UpperLayer Find(Ipv6Packet packet, out WireError error)
    {
        var final = packet.Destination;
        ushort fragment = 0;
        uint identification = 0;
        var walk = packet.EnumerateExtensions();
        while (walk.MoveNext())
        {
            var bytes = walk.Current.Bytes;
            if (walk.Current.Protocol == IpProtocol.Fragment)
            {
                fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
                identification = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
            }
            else if (walk.Current.Protocol == IpProtocol.Routing && Ipv6Routing.TryRead(bytes, out var routing, out _)
                && routing.TryGetFinalDestination(packet.Destination, out var last))
            {
                final = last;
            }
        }

        error = walk.Error.IsError ? walk.Error with { Offset = walk.Error.Offset + Ipv6Packet.HeaderLength } : default;
        return new Ipv6UpperLayer(walk, final, fragment, identification, (fragment & 0xFFF9) != 0);
    }
}
