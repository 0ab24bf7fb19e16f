namespace Fathom.Wire.Dissection;

/// <summary>Where in a frame a protocol's bytes stand, and what is known about their end.</summary>
/// <param name="Offset">Octets from the frame's first.</param>
/// <param name="IsQuoted">Inside the packet that an ICMP error quotes.</param>
/// <param name="IsCut">The bytes may end early without that being a fault of their own: a quote, a fragment, or a fault already told.</param>
internal readonly record struct Place(int Offset, bool IsQuoted = false, bool IsCut = false)
{
    internal Place Skip(int octets) => this with { Offset = Offset + octets };
}
