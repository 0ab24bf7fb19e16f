using Fathom.Cli.Output;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>What is the same in every field of one name, clause and width, put together once.</summary>
internal sealed class FieldFrame
{
    // A version, a flag that is not set: small numbers come again at the same place, and most fields are small.
    private const int MostOfSmall = byte.MaxValue;
    private const int Kept = 8;

    private readonly string _name;
    private readonly string _spec;
    private readonly int _bitLength;
    private readonly byte[] _beforeOffset;
    private readonly byte[] _beforeValue;
    private readonly byte[] _behindValue;
    private readonly byte[] _insteadOfValue;
    private readonly byte[] _behindText;
    private KeptField[]? _kept;

    /// <summary>Makes a field's frame.</summary>
    /// <param name="field">One of the fields.</param>
    /// <param name="pieces">For the members of a field's object.</param>
    public FieldFrame(in DissectedField field, JsonPieces pieces)
    {
        var (name, spec, bits) = (_name, _spec, _bitLength) = (field.Name, field.Spec, field.BitLength);
        _beforeOffset = pieces.In(-1).MakeElement(json =>
        {
            json.Open('{');
            json.Member("name"u8, name);
            json.Name("bitOffset"u8);
        });
        _beforeValue = pieces.Make(json =>
        {
            json.Member("bits"u8, bits);
            json.Name("value"u8);
        });
        _behindValue = pieces.Make(BeginText);
        _insteadOfValue = pieces.Make(json =>
        {
            json.Member("bits"u8, bits);
            BeginText(json);
        });
        _behindText = pieces.Make(json =>
        {
            json.Raw("\""u8);
            json.Member("spec"u8, spec);
            json.Close('}');
        });
    }

    /// <summary>The frame of the field that came behind the last one of this frame: headers are alike, and it often comes again.</summary>
    public FieldFrame? Next { get; set; }

    /// <summary>True if the field is one of these. A name that came from the network is another object each time.</summary>
    public bool IsOf(in DissectedField field) => ReferenceEquals(_name, field.Name) && ReferenceEquals(_spec, field.Spec) && _bitLength == field.BitLength;

    /// <summary>Writes the field as an element of an array.</summary>
    public void Write(JsonBuffer json, in DissectedField field)
    {
        json.Comma();
        if (field.Number is not { } number || number > MostOfSmall)
        {
            WriteAnew(json, in field);
            return;
        }

        _kept ??= new KeptField[Kept];
        ref var kept = ref _kept[(int)(((uint)field.BitOffset / 8) + number) % Kept];
        if (kept.Length > 0 && kept.BitOffset == field.BitOffset && kept.Number == number && kept.Words == field.Words)
        {
            json.Raw(kept.Octets[..kept.Length]);
            return;
        }

        var start = json.Length;
        WriteAnew(json, in field);
        kept.Keep(field.BitOffset, number, field.Words, json.Written[start..]);
    }

    private void WriteAnew(JsonBuffer json, in DissectedField field)
    {
        var room = json.Room(_beforeOffset.Length + _beforeValue.Length + _behindValue.Length + _insteadOfValue.Length + (2 * JsonBuffer.LongestNumber));
        _beforeOffset.CopyTo(room);
        var at = _beforeOffset.Length;
        at += JsonBuffer.Digits((ulong)field.BitOffset, room[at..]);
        if (field.Number is { } number)
        {
            _beforeValue.CopyTo(room[at..]);
            at += _beforeValue.Length;
            at += JsonBuffer.Digits(number, room[at..]);
            _behindValue.CopyTo(room[at..]);
            at += _behindValue.Length;
        }
        else
        {
            _insteadOfValue.CopyTo(room[at..]);
            at += _insteadOfValue.Length;
        }

        json.Advance(at);
        json.Text(field.Words, isPlain: !field.Words.HasText);
        json.Raw(_behindText);
    }

    private static void BeginText(JsonBuffer json)
    {
        json.Name("text"u8);
        json.Raw("\""u8);
    }

    // A field as it was written last, without the comma before it.
    private struct KeptField
    {
        private byte[]? _octets;

        public int BitOffset { get; private set; }

        public ulong Number { get; private set; }

        public FieldWords Words { get; private set; }

        public int Length { get; private set; }

        public readonly ReadOnlySpan<byte> Octets => _octets;

        public void Keep(int bitOffset, ulong number, FieldWords words, ReadOnlySpan<byte> octets)
        {
            (BitOffset, Number, Words, Length) = (bitOffset, number, words, octets.Length);
            if (_octets is null || _octets.Length < octets.Length) _octets = new byte[octets.Length + JsonBuffer.LongestNumber];
            octets.CopyTo(_octets);
        }
    }
}
