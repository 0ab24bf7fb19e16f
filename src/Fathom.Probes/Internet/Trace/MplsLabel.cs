using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Trace;

/// <summary>One entry of the MPLS label stack that a router's probe carried when its hop limit ran out (RFC 4950).</summary>
/// <param name="Label">The label, 20 bits.</param>
/// <param name="TrafficClass">The traffic class, 3 bits (RFC 5462).</param>
/// <param name="IsBottom">The last of the stack.</param>
/// <param name="Ttl">The label's own time to live.</param>
public readonly record struct MplsLabel(uint Label, byte TrafficClass, bool IsBottom, byte Ttl)
{
    // A label stack is two or three deep; a hostile message could claim hundreds.
    private const int MaximumLabels = 16;

    /// <summary>Reads the label stacks of an ICMP extension structure (RFC 4884 §7).</summary>
    /// <param name="extensions">The structure; may be empty or damaged, which gives what could be read.</param>
    public static IReadOnlyList<MplsLabel> Read(ReadOnlySpan<byte> extensions)
    {
        var labels = new List<MplsLabel>();
        // RFC 4884 §7: a checksum of zero says that none was computed.
        if (extensions.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]) != 0 && !InternetChecksum.Verify(extensions)) return labels;
        foreach (var item in new IcmpExtensionEnumerator(extensions))
        {
            if (item.ClassNumber != IcmpExtensionObject.MplsLabelStack) continue;
            for (var data = item.Data; data.Length >= 4 && labels.Count < MaximumLabels; data = data[4..])
            {
                var entry = BinaryPrimitives.ReadUInt32BigEndian(data);
                labels.Add(new MplsLabel(entry >> 12, (byte)((entry >> 9) & 7), (entry & 0x100) != 0, (byte)entry));
            }
        }

        return labels;
    }
}
