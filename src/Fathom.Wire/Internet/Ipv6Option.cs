namespace Fathom.Wire.Internet;

/// <summary>One option of a hop-by-hop or destination options header (RFC 8200 §4.2).</summary>
public readonly ref struct Ipv6Option
{
    internal Ipv6Option(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the options (the header's third octet).</summary>
    public int Offset { get; }

    /// <summary>The whole option.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the option is.</summary>
    public Ipv6OptionType Type => (Ipv6OptionType)Bytes[0];

    /// <summary>What a node that does not know the option does: 0 skip, 1 discard, 2 discard and report, 3 discard and report unless multicast.</summary>
    public byte UnknownAction => (byte)(Bytes[0] >> 6);

    /// <summary>What follows type and length.</summary>
    public ReadOnlySpan<byte> Data => Bytes.Length > 2 ? Bytes[2..] : default;
}
