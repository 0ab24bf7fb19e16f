namespace Fathom.Wire;

/// <summary>
/// A header as a value, to build and send. A packet is written inside out into one buffer: the payload
/// first, at its place, then each header before it.
/// </summary>
public interface IWireHeader
{
    /// <summary>Octets that the header takes.</summary>
    int Length { get; }

    /// <summary>
    /// Writes the header. Where it has a length or a checksum over what follows it, the span must be exactly the
    /// packet, from the header's first octet to the payload's last, with the payload in place.
    /// </summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets of header written: <see cref="Length"/>.</returns>
    int WriteTo(Span<byte> destination);
}
