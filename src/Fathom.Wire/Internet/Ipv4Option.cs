namespace Fathom.Wire.Internet;

/// <summary>One IPv4 option (RFC 791 §3.1).</summary>
public readonly ref struct Ipv4Option
{
    internal Ipv4Option(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the options.</summary>
    public int Offset { get; }

    /// <summary>The whole option, type and length octets included.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the option is.</summary>
    public Ipv4OptionType Type => (Ipv4OptionType)Bytes[0];

    /// <summary>The copied flag: a fragmenting router copies the option into every fragment.</summary>
    public bool IsCopied => (Bytes[0] & 0x80) != 0;

    /// <summary>What follows type and length; empty for end of list and no operation.</summary>
    public ReadOnlySpan<byte> Data => Bytes.Length > 2 ? Bytes[2..] : default;
}
