using System.Runtime.CompilerServices;

namespace Fathom.Wire.Dissection;

/// <summary>
/// Puts one layer of a dissection together. Offsets given to it count from the layer's first octet. One that has given its layer away may begin
/// another, with the memory that it has.
/// </summary>
internal sealed class LayerWriter
{
    private const int OrdinaryFields = 16;

    private DissectedField[] _fields = [];
    private int _count;
    private Place _place;

    /// <summary>Says a number in words, or nothing for the default words.</summary>
    internal delegate FieldWords Formatter(string name, ulong value);

    internal int HeaderLength { get; set; }

    internal int Length { get; set; }

    internal string Summary { get; set; } = "";

    internal string Protocol { get; private set; } = "";

    internal int Offset => _place.Offset;

    /// <summary>False where only the summary is wanted: fields are then dropped, and need not be made.</summary>
    internal bool KeepsFields { get; private set; }

    /// <summary>Begins a layer, without fields.</summary>
    /// <param name="protocol">The layer's name.</param>
    /// <param name="place">Where its octets stand.</param>
    /// <param name="keepsFields">False where only the summary is wanted.</param>
    internal void Begin(string protocol, Place place, bool keepsFields)
    {
        (Protocol, _place, KeepsFields) = (protocol, place, keepsFields);
        (HeaderLength, Length, Summary, _count) = (0, 0, "", 0);
    }

    /// <summary>Adds the fields that lie inside the bytes.</summary>
    /// <param name="layout">The rows.</param>
    /// <param name="header">The bytes, from the rows' bit 0 on.</param>
    /// <param name="formatter">Says numbers in words.</param>
    /// <param name="at">Octets from the layer's first to the rows' bit 0.</param>
    internal void AddFields(ReadOnlySpan<FieldSpec> layout, ReadOnlySpan<byte> header, Formatter? formatter = null, int at = 0)
    {
        if (!KeepsFields) return;
        foreach (ref readonly var row in layout)
        {
            if (row.BitOffset + row.BitLength <= header.Length * 8) AddRow(in row, header, formatter, at);
        }
    }

    /// <summary>Adds a field.</summary>
    internal void Add(FieldSpec field, ulong? number, FieldWords words)
    {
        if (KeepsFields) Append(field.Name, field.BitOffset, field.BitLength, number, words, field.Spec);
    }

    /// <summary>Adds a field that takes whole octets: an option.</summary>
    internal void AddOctets(string name, int offset, int length, ulong? number, FieldWords words, string spec)
    {
        if (KeepsFields) Append(name, 8 * offset, 8 * length, number, words, spec);
    }

    /// <summary>Adds an element of variable length as one field, and behind it the fields that it is made of.</summary>
    internal void AddElement(ElementLayout layout, int offset, ReadOnlySpan<byte> element, ulong? number, FieldWords words, Formatter? formatter = null)
    {
        AddOctets(layout.Name, offset, element.Length, number, words, layout.Spec);
        AddElementFields(layout, offset, element, formatter);
    }

    /// <summary>Adds the fields that an element of variable length is made of, as far as they are there.</summary>
    internal void AddElementFields(ElementLayout layout, int offset, ReadOnlySpan<byte> element, Formatter? formatter)
    {
        if (!KeepsFields) return;
        AddElementRows(layout.QualifiedFields, offset, element, formatter);
        var at = layout.FixedLength;
        for (; layout.GroupLength > 0 && at + layout.GroupLength <= element.Length; at += layout.GroupLength)
            AddElementRows(layout.QualifiedRepeated, offset + at, element[at..], formatter);
        if (layout.QualifiedRest is { } rest && at < element.Length)
            AddOctets(rest, offset + at, element.Length - at, null, FieldText.Bytes(element[at..]), layout.Spec);
    }

    /// <summary>Replaces the words of the last field of this name, if there is one.</summary>
    internal void SetLastText(string name, FieldWords words)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_fields[i].Name != name) continue;
            _fields[i] = _fields[i].WithWords(words);
            return;
        }
    }

    /// <summary>Replaces the words of the first field of this name, if there is one.</summary>
    internal void SetText(string name, FieldWords words)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_fields[i].Name != name) continue;
            _fields[i] = _fields[i].WithWords(words);
            return;
        }
    }

    /// <summary>The layer.</summary>
    /// <param name="isLent">Its fields stay in this writer's memory: they are valid until it begins another layer.</param>
    internal DissectedLayer ToLayer(bool isLent)
        => new(Protocol, _place.Offset, HeaderLength, Length, _place.IsQuoted, new DissectedFields(isLent ? _fields : _fields.AsSpan(0, _count).ToArray(), _count), Summary);

    /// <summary>Reads the field that a row names.</summary>
    /// <param name="row">The row; it lies inside the bytes.</param>
    /// <param name="bytes">The bytes, from the row's bit 0 on.</param>
    /// <param name="formatter">Says numbers in words.</param>
    /// <param name="number">Its number, where it has 64 bits or fewer.</param>
    /// <returns>Its words.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldWords Say(ref readonly FieldSpec row, ReadOnlySpan<byte> bytes, Formatter? formatter, out ulong? number)
    {
        if (row.BitLength > BitField.Longest)
        {
            number = null;
            return FieldText.OfBytes(row, bytes);
        }

        var value = BitField.Read(bytes, row.BitOffset, row.BitLength);
        number = value;
        var words = formatter is null ? default : formatter(row.Name, value);
        return words.IsNone ? FieldText.OfNumber(value, row.BitLength) : words;
    }

    private void AddElementRows(FieldSpec[] rows, int offset, ReadOnlySpan<byte> bytes, Formatter? formatter)
    {
        foreach (ref readonly var row in rows.AsSpan())
        {
            if (row.BitOffset + row.BitLength > bytes.Length * 8) return;
            AddRow(in row, bytes, formatter, offset);
        }
    }

    private void AddRow(ref readonly FieldSpec row, ReadOnlySpan<byte> bytes, Formatter? formatter, int at)
    {
        var words = Say(in row, bytes, formatter, out var number);
        Append(row.Name, row.BitOffset + (8 * at), row.BitLength, number, words, row.Spec);
    }

    private void Append(string name, int bitOffset, int bitLength, ulong? number, FieldWords words, string spec)
    {
        if (_count == _fields.Length) Array.Resize(ref _fields, Math.Max(OrdinaryFields, 2 * _count));
        _fields[_count++] = new DissectedField(name, (8 * _place.Offset) + bitOffset, bitLength, number, words, spec);
    }
}
