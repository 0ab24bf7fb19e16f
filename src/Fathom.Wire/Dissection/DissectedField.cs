namespace Fathom.Wire.Dissection;

/// <summary>One field of a dissected layer.</summary>
public readonly record struct DissectedField
{
    // Lengths are not negative: the highest bit of one says that there is a number.
    private const uint HasNumber = 1u << 31;

    private readonly uint _bits;
    private readonly ulong _number;

    internal DissectedField(string name, int bitOffset, int bitLength, ulong? number, FieldWords words, string spec)
    {
        Name = name;
        BitOffset = bitOffset;
        _bits = (uint)bitLength | (number is null ? 0 : HasNumber);
        _number = number.GetValueOrDefault();
        Words = words;
        Spec = spec;
    }

    /// <summary>The specification's name in camel case: "totalLength"; of an option, the option's name, and of a part of it
    /// both: "recordRoute.pointer". A part's bits lie inside the option's, which stands before it.</summary>
    public string Name { get; }

    /// <summary>Bits from the frame's first; bit 0 is the most significant of octet 0.</summary>
    public int BitOffset { get; }

    /// <summary>Bits that the field takes.</summary>
    public int BitLength => (int)(_bits & ~HasNumber);

    /// <summary>The value as it stands on the wire, where it has 64 bits or fewer and is a number; else null.</summary>
    public ulong? Number => (_bits & HasNumber) != 0 ? _number : null;

    /// <summary>The value for a person, not yet a text. Safe for a terminal: nothing from the network is in it unescaped.</summary>
    public FieldWords Words { get; }

    /// <summary>The text of <see cref="Words"/>, made at each call.</summary>
    public string Text => Words.ToString();

    /// <summary>The clause: "RFC 791 §3.1".</summary>
    public string Spec { get; }

    internal DissectedField WithWords(FieldWords words) => new(Name, BitOffset, BitLength, Number, words, Spec);
}
