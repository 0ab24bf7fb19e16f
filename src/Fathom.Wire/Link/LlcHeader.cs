namespace Fathom.Wire.Link;

/// <summary>An LLC header to send, in the unnumbered format (IEEE 802.2 §3.2).</summary>
/// <param name="Destination">Which protocol of the receiver.</param>
/// <param name="Source">Which protocol of the sender.</param>
/// <param name="Control">The control octet; unnumbered information unless told otherwise.</param>
public readonly record struct LlcHeader(
    LlcServiceAccessPoint Destination, LlcServiceAccessPoint Source, byte Control = LlcHeader.UnnumberedInformation) : IWireHeader
{
    /// <summary>The control octet of unnumbered information: data without a connection (IEEE 802.2 §5.4.3).</summary>
    public const byte UnnumberedInformation = 0x03;

    /// <summary>Octets that <see cref="WriteTo"/> writes: 3.</summary>
    public int Length => LlcFrame.MinHeaderLength;

    /// <summary>The header before a SNAP header (RFC 1042).</summary>
    public static LlcHeader Snap => new(LlcServiceAccessPoint.Snap, LlcServiceAccessPoint.Snap);

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">The control octet is not of the unnumbered format, whose lowest two bits are set.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if ((Control & 3) != 3) throw new InvalidOperationException("The control octet of an unnumbered frame has its lowest two bits set.");
        destination[0] = (byte)Destination;
        destination[1] = (byte)Source;
        destination[2] = Control;
        return LlcFrame.MinHeaderLength;
    }
}
