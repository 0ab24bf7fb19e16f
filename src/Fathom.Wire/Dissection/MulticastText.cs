using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>What IGMP's and MLD's dissectors share: group records, sources, and the codes for times.</summary>
internal static class MulticastText
{
    // A summary names a few groups; the fields have all of them.
    private const int ShownGroups = 4;

    /// <summary>Adds the records of a report, and answers them in short: "to exclude 224.0.0.251, to include 232.1.1.1 from 1 source".</summary>
    internal static string AddRecords(
        DissectionContext context, LayerWriter layer, ReadOnlySpan<byte> records, int count, int offset, IpVersion version, Place place)
    {
        var groups = new List<string>();
        var walk = new MulticastGroupRecordEnumerator(records, count, version);
        while (walk.MoveNext())
        {
            var record = walk.Current;
            var text = $"{record.Type.Describe()} {record.Group}{From(record.SourceCount)}";
            if (layer.KeepsFields) AddRecord(layer, record, offset + record.Offset, version, text);
            groups.Add(text);
        }

        context.ReportUnlessCut(walk.Error, place.Skip(offset));
        var more = groups.Count > ShownGroups ? FieldText.Invariant($" and {groups.Count - ShownGroups} more") : "";
        return string.Join(", ", groups.Take(ShownGroups)) + more;
    }

    // The sources end where the auxiliary data begins, which only their number tells.
    private static void AddRecord(LayerWriter layer, MulticastGroupRecord record, int offset, IpVersion version, string text)
    {
        var layout = MulticastGroupRecord.LayoutOf(version);
        var auxiliary = record.AuxiliaryData;
        var end = record.Bytes.Length - auxiliary.Length;
        layer.AddOctets(layout.Name, offset, record.Bytes.Length, (byte)record.Type, text, layout.Spec);
        layer.AddElementFields(layout, offset, record.Bytes[..end], Format);
        if (!auxiliary.IsEmpty)
            layer.AddOctets($"{layout.Name}.{layout.Rest}", offset + end, auxiliary.Length, null, FieldText.Bytes(auxiliary), layout.Spec);
    }

    /// <summary>Adds the sources of a query that has them all.</summary>
    internal static void AddSources(LayerWriter layer, ReadOnlySpan<byte> sources, int offset, int addressLength, string spec)
    {
        for (var at = 0; at + addressLength <= sources.Length; at += addressLength)
            layer.AddOctets("source", offset + at, addressLength, null, IpAddress.FromBytes(sources.Slice(at, addressLength)).ToString(), spec);
    }

    /// <summary>" from 2 sources", or nothing for none.</summary>
    internal static string From(int sources) => sources switch
    {
        0 => "",
        1 => " from 1 source",
        _ => FieldText.Invariant($" from {sources} sources"),
    };

    /// <summary>A query in short: who is asked about what.</summary>
    internal static string Query(IpAddress group, int sources) => group.IsUnspecified ? "general query" : $"query for {group}{From(sources)}";

    internal static FieldWords Format(string name, ulong value) => name switch
    {
        "groupRecord.type" => FieldText.Named(((MulticastRecordType)value).Describe(), value),
        "groupRecord.auxiliaryLength" => FieldText.Octets(4 * value),
        "groupRecord.group" or "groupRecord.source" => FieldText.Address4(value),
        "queryIntervalCode" => FieldText.Invariant($"{MulticastCode.Decode((byte)value)} s"),
        "robustness" => value == 0 ? "0 (more than 7)" : null,
        "checksum" => FieldText.Hex(value, 4),
        _ => null,
    };
}
