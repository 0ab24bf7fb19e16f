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

    /// <summary>False where fields are dropped, and need not be made.</summary>
    internal bool KeepsFields => layer.KeepsFields;

    internal void AddOctets(string name, int offset, int length, ulong? number, FieldWords words, string spec)
    {
        var first = Place(offset);
        layer.AddOctets(name, first, Place(offset + length - 1) + 1 - first, number, words, spec);
    }

    /// <summary>Adds the fields of a layout that lie inside the bytes; all of them take whole octets.</summary>
    internal void AddFields(ReadOnlySpan<FieldSpec> layout, ReadOnlySpan<byte> bytes, LayerWriter.Formatter formatter, int at)
    {
        if (!layer.KeepsFields) return;
        foreach (ref readonly var row in layout)
        {
            if (row.BitOffset + row.BitLength > 8 * bytes.Length) continue;
            var words = LayerWriter.Say(in row, bytes, formatter, out var number);
            AddOctets(row.Name, at + (row.BitOffset / 8), row.BitLength / 8, number, words, row.Spec);
        }
    }

    internal void SetLastText(string name, FieldWords words) => layer.SetLastText(name, words);

    // A hostile message may have a header before each octet: they are counted by search.
    private int Place(int offset)
    {
        var found = _gaps.BinarySearch(offset + 1);
        return offset + (TlsRecord.HeaderLength * (found < 0 ? ~found : found));
    }
}
