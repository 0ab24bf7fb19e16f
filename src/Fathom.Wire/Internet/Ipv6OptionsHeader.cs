namespace Fathom.Wire.Internet;

/// <summary>A hop-by-hop or destination options header to send (RFC 8200 §4.3, §4.6).</summary>
/// <param name="NextHeader">What follows the header.</param>
/// <param name="Options">The options' bytes, up to 2,046; padding is added when they are written.</param>
public readonly record struct Ipv6OptionsHeader(IpProtocol NextHeader, ReadOnlyMemory<byte> Options) : IWireHeader
{
    // The length octet counts up to 255 words of eight behind the first, of which two octets are not options.
    private const int MaxOptionsLength = 2046;

    /// <summary>Octets of the header, padding included: a multiple of 8.</summary>
    public int Length => (2 + Options.Length + 7) & ~7;

    /// <summary>Writes the header and pads it (RFC 8200 §4.2: Pad1 or PadN).</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">The options are too long.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (Options.Length > MaxOptionsLength) throw new InvalidOperationException("The options have at most 2,046 octets.");
        var header = destination[..Length];
        header[0] = (byte)NextHeader;
        header[1] = (byte)((header.Length / 8) - 1);
        Options.Span.CopyTo(header[2..]);
        var padding = header[(2 + Options.Length)..];
        padding.Clear();
        if (padding.Length > 1)
        {
            padding[0] = (byte)Ipv6OptionType.PadN;
            padding[1] = (byte)(padding.Length - 2);
        }

        return header.Length;
    }
}
