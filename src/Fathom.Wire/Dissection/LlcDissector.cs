using System.Buffers.Binary;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the LLC header of an 802.3 length frame, and SNAP (RFC 1042) behind it.</summary>
internal static class LlcDissector
{
    private const int HeaderLength = 3;

    /// <summary>Octets of LLC and SNAP together.</summary>
    internal const int SnapLength = 8;

    private const byte SnapAccessPoint = 0xAA;

    private static readonly FieldSpec[] Rows =
    [
        new("destinationServiceAccessPoint", 0, 8, "IEEE 802.2 §3.2"),
        new("sourceServiceAccessPoint", 8, 8, "IEEE 802.2 §3.2"),
        new("control", 16, 8, "IEEE 802.2 §3.2"),
    ];

    private static readonly FieldSpec[] SnapRows =
        [.. Rows, new("organization", 24, 24, "RFC 1042"), new("type", 48, 16, "RFC 1042")];

    /// <summary>Reads an LLC header and the type in a SNAP header behind it. False if the LLC header is cut.</summary>
    /// <param name="bytes">From the LLC header on.</param>
    /// <param name="type">The type; none where there is no SNAP header, or it is another organization's.</param>
    internal static bool TryReadSnap(ReadOnlySpan<byte> bytes, out EtherType type)
    {
        var isSnap = bytes.Length >= SnapLength && bytes[0] == SnapAccessPoint && bytes[1] == SnapAccessPoint;
        // RFC 1042: organization zero means that the type is an EtherType.
        type = isSnap && (bytes[3] | bytes[4] | bytes[5]) == 0 ? (EtherType)BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) : EtherType.None;
        return bytes.Length >= HeaderLength;
    }

    internal static string? Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place)
    {
        var layer = context.Begin("llc", place);
        if (bytes.Length < HeaderLength)
            return context.Damaged(layer, place, "LLC", Rows, bytes, Format, WireError.TooShort("LLC", 0, HeaderLength, bytes.Length, "header"));

        var isSnap = bytes[0] == SnapAccessPoint && bytes[1] == SnapAccessPoint && bytes.Length >= SnapLength;
        var length = isSnap ? SnapLength : HeaderLength;
        layer.AddFields(isSnap ? SnapRows : Rows, bytes[..length], Format);
        layer.HeaderLength = length;
        layer.Length = bytes.Length;
        layer.Summary = $"LLC {Name(bytes[0])}";
        if (isSnap && (bytes[3] | bytes[4] | bytes[5]) == 0)
        {
            // RFC 1042: organization zero means that the type is an EtherType.
            var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
            var summary = NetworkDissector.Dissect(context, type, bytes[length..], place.Skip(length));
            if (summary is not null) return summary;
        }

        context.AddData(bytes[length..], place.Skip(length));
        return FieldText.Invariant($"{layer.Summary} len={bytes.Length}");
    }

    private static string? Format(string name, ulong value) => name switch
    {
        "destinationServiceAccessPoint" or "sourceServiceAccessPoint" => Name((byte)value),
        "control" => FieldText.Hex(value, 2),
        "organization" => FieldText.Hex(value, 6),
        "type" => FieldText.TypeOrLength(value),
        _ => null,
    };

    private static string Name(byte accessPoint) => accessPoint switch
    {
        0x42 => "spanning tree (0x42)",
        SnapAccessPoint => "SNAP (0xaa)",
        0xE0 => "NetWare (0xe0)",
        0xF0 => "NetBIOS (0xf0)",
        0xFE => "OSI (0xfe)",
        _ => FieldText.Hex(accessPoint, 2),
    };
}
