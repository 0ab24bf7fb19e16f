namespace Fathom.Wire.Dissection;

/// <summary>Puts one layer of a dissection together. Offsets given to it count from the layer's first octet.</summary>
/// <param name="protocol">The layer's name.</param>
/// <param name="place">Where its octets stand.</param>
/// <param name="keepsFields">False where only the summary is wanted: fields are then dropped.</param>
internal sealed class LayerWriter(string protocol, Place place, bool keepsFields = true)
{
    private readonly List<DissectedField> _fields = [];

    /// <summary>Says a number in words, or null for the default text.</summary>
    internal delegate string? Formatter(string name, ulong value);

    internal int HeaderLength { get; set; }

    internal int Length { get; set; }

    internal string Summary { get; set; } = "";

    internal string Protocol => protocol;

    internal int Offset => place.Offset;

    /// <summary>Adds the fields that lie inside the bytes.</summary>
    /// <param name="layout">The rows.</param>
    /// <param name="header">The bytes, from the rows' bit 0 on.</param>
    /// <param name="formatter">Says numbers in words.</param>
    /// <param name="at">Octets from the layer's first to the rows' bit 0.</param>
    internal void AddFields(ReadOnlySpan<FieldSpec> layout, ReadOnlySpan<byte> header, Formatter? formatter = null, int at = 0)
    {
        if (!keepsFields) return;
        foreach (var field in layout)
        {
            if (field.BitOffset + field.BitLength > header.Length * 8) continue;
            ulong? number = field.BitLength <= 64 ? BitField.Read(header, field.BitOffset, field.BitLength) : null;
            var text = number is { } value ? formatter?.Invoke(field.Name, value) : null;
            Add(field with { BitOffset = field.BitOffset + (8 * at) }, number, text ?? FieldText.Default(field, header, number));
        }
    }

    /// <summary>Adds a field.</summary>
    internal void Add(FieldSpec field, ulong? number, string text)
    {
        if (keepsFields) _fields.Add(new DissectedField(field.Name, (8 * place.Offset) + field.BitOffset, field.BitLength, number, text, field.Spec));
    }

    /// <summary>Adds a field that takes whole octets: an option.</summary>
    internal void AddOctets(string name, int offset, int length, ulong? number, string text, string spec)
        => Add(new FieldSpec(name, 8 * offset, 8 * length, spec), number, text);

    /// <summary>Adds an element of variable length as one field, and behind it the fields that it is made of.</summary>
    internal void AddElement(ElementLayout layout, int offset, ReadOnlySpan<byte> element, ulong? number, string text, Formatter? formatter = null)
    {
        AddOctets(layout.Name, offset, element.Length, number, text, layout.Spec);
        AddElementFields(layout, offset, element, formatter);
    }

    /// <summary>Adds the fields that an element of variable length is made of, as far as they are there.</summary>
    internal void AddElementFields(ElementLayout layout, int offset, ReadOnlySpan<byte> element, Formatter? formatter)
    {
        AddElementRows(layout.QualifiedFields, offset, element, formatter);
        var at = layout.FixedLength;
        for (; layout.GroupLength > 0 && at + layout.GroupLength <= element.Length; at += layout.GroupLength)
            AddElementRows(layout.QualifiedRepeated, offset + at, element[at..], formatter);
        if (layout.QualifiedRest is { } rest && at < element.Length)
            AddOctets(rest, offset + at, element.Length - at, null, FieldText.Bytes(element[at..]), layout.Spec);
    }

    private void AddElementRows(FieldSpec[] rows, int offset, ReadOnlySpan<byte> bytes, Formatter? formatter)
    {
        foreach (var row in rows)
        {
            if (row.BitOffset + row.BitLength > bytes.Length * 8) return;
            ulong? number = row.BitLength <= 64 ? BitField.Read(bytes, row.BitOffset, row.BitLength) : null;
            var text = number is { } value ? formatter?.Invoke(row.Name, value) : null;
            Add(row with { BitOffset = row.BitOffset + (8 * offset) }, number, text ?? FieldText.Default(row, bytes, number));
        }
    }

    /// <summary>Replaces the text of the last field of this name, if there is one.</summary>
    internal void SetLastText(string name, string text)
    {
        var index = _fields.FindLastIndex(field => field.Name == name);
        if (index >= 0) _fields[index] = _fields[index] with { Text = text };
    }

    /// <summary>Replaces a field's text, if the field is there.</summary>
    internal void SetText(string name, string text)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (_fields[i].Name != name) continue;
            _fields[i] = _fields[i] with { Text = text };
            return;
        }
    }

    internal DissectedLayer ToLayer()
        => new(protocol, place.Offset, HeaderLength, Length, place.IsQuoted, _fields.AsReadOnly(), Summary);
}
