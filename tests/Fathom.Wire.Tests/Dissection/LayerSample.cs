namespace Fathom.Wire.Tests.Dissection;

/// <summary>A frame that shows something of a protocol which the shared captures do not have.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="LinkType">What it begins with.</param>
/// <param name="Frame">The octets.</param>
public sealed record LayerSample(string Name, int LinkType, byte[] Frame)
{
    public override string ToString() => Name;
}
