namespace Fathom.Wire.Internet;

/// <summary>One IPv6 extension header, found by <see cref="Ipv6ExtensionEnumerator"/>.</summary>
public readonly ref struct Ipv6Extension
{
    internal Ipv6Extension(IpProtocol protocol, int offset, ReadOnlySpan<byte> bytes)
    {
        Protocol = protocol;
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Which header it is.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Octets from the start of the IPv6 payload.</summary>
    public int Offset { get; }

    /// <summary>The whole header.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What follows it.</summary>
    public IpProtocol NextHeader => (IpProtocol)Bytes[0];
}
