namespace Fathom.Wire.Internet;

/// <summary>One object of an ICMP extension structure (RFC 4884 §8).</summary>
public readonly ref struct IcmpExtensionObject
{
    /// <summary>The class of an MPLS label stack, RFC 4950.</summary>
    public const byte MplsLabelStack = 1;

    /// <summary>The class of interface information, RFC 5837.</summary>
    public const byte InterfaceInformation = 2;

    /// <summary>The class by which an extended echo request names an interface, RFC 8335 §2.1.</summary>
    public const byte InterfaceIdentification = 3;

    /// <summary>The class of more about a parameter problem, RFC 8883 §4.</summary>
    public const byte ExtendedInformation = 4;

    internal IcmpExtensionObject(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the extension structure.</summary>
    public int Offset { get; }

    /// <summary>The whole object.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the object is.</summary>
    public byte ClassNumber => Bytes[2];

    /// <summary>Its variant.</summary>
    public byte ClassType => Bytes[3];

    /// <summary>What follows the object's four-octet header. An MPLS label stack has four octets an entry: 20 bits label, 3 traffic class, 1 bottom of stack, 8 TTL.</summary>
    public ReadOnlySpan<byte> Data => Bytes[4..];
}
