namespace Fathom.Wire.Dissection;

/// <summary>
/// Adds the fields of a handshake message whose octets may lie in several records: offsets are given as if the records followed each other
/// without headers, and a field that crosses a header takes it in.
/// </summary>
/// <param name="layer">Takes the fields.</param>
internal sealed class TlsRows(LayerWriter layer)
{
    // Where a header stands: the offset of the first octet behind it, as offsets are given here, and its length.
    private readonly List<(int At, int Length)> _gaps = [];

    internal void AddGap(int at, int length) => _gaps.Add((at, length));

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

    private int Place(int offset)
    {
        var place = offset;
        foreach (var (at, length) in _gaps)
        {
            if (offset >= at) place += length;
        }

        return place;
    }
}
