using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Dissection;

/// <summary>
/// Adds the fields of a handshake message whose octets may lie in several records: offsets are given as if the records followed each other
/// without headers, and a field that crosses a header takes it in.
/// </summary>
/// <param name="layer">Takes the fields.</param>
internal sealed class TlsRows(LayerWriter layer)
{
    // Where headers stand: the offsets of the octets behind them, as offsets are given here, in order.
    private readonly List<int> _gaps = [];

    /// <summary>Says that a record's header stands before an octet; called in the order of the octets.</summary>
    internal void AddGap(int at) => _gaps.Add(at);

    internal void Clear() => _gaps.Clear();

    internal void AddOctets(string name, int offset, int length, ulong? number, string text, string spec)
    {
        var first = Place(offset);
        layer.AddOctets(name, first, Place(offset + length - 1) + 1 - first, number, text, spec);
    }

    /// <summary>Adds the fields of a layout that lie inside the bytes; all of them take whole octets.</summary>
    internal void AddFields(ReadOnlySpan<FieldSpec> layout, ReadOnlySpan<byte> bytes, LayerWriter.Formatter formatter, int at)
    {
        foreach (var field in layout)
        {
            if (field.BitOffset + field.BitLength > 8 * bytes.Length) continue;
            ulong? number = field.BitLength <= 64 ? BitField.Read(bytes, field.BitOffset, field.BitLength) : null;
            var text = number is { } value ? formatter(field.Name, value) : null;
            AddOctets(field.Name, at + (field.BitOffset / 8), field.BitLength / 8, number, text ?? FieldText.Default(field, bytes, number), field.Spec);
        }
    }

    internal void SetLastText(string name, string text) => layer.SetLastText(name, text);

    // A hostile message may have a header before each octet: they are counted by search.
    private int Place(int offset)
    {
        var found = _gaps.BinarySearch(offset + 1);
        return offset + (TlsRecord.HeaderLength * (found < 0 ? ~found : found));
    }
}
