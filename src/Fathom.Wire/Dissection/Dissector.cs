namespace Fathom.Wire.Dissection;

/// <summary>
/// Takes frames apart for people: everything that can be read, down to the first fault, and the fault. It is the one place
/// in this library that knows which protocol follows which.
/// </summary>
public static class Dissector
{
    /// <summary>Takes a frame apart. Never throws for what the bytes are.</summary>
    /// <param name="linkType">What the frame begins with: a LINKTYPE_ number, see <see cref="LinkType"/>. Of another number all is data.</param>
    /// <param name="bytes">The frame's octets, as many as were captured.</param>
    public static Dissection Dissect(int linkType, ReadOnlyMemory<byte> bytes) => Dissect(linkType, bytes, ApplicationDissectors.Known);

    internal static Dissection Dissect(int linkType, ReadOnlyMemory<byte> bytes, ApplicationDissectors applications)
    {
        var context = new DissectionContext(applications);
        return context.ToDissection(LinkDissector.Dissect(context, linkType, bytes.Span));
    }
}
