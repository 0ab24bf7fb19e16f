using System.Globalization;

namespace Fathom.Wire;

/// <summary>Why text was refused as an address, and where. The default value means "no error".</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Position">Characters before the fault, from the start of the text that the reader was given.</param>
/// <param name="Detail">What was found and what was expected, as a phrase for a person. Never text from the input.</param>
public readonly record struct AddressError(AddressErrorKind Kind, int Position, string Detail)
{
    /// <summary>True unless this is the default value.</summary>
    public bool IsError => Kind != AddressErrorKind.None;

    /// <summary>The same fault, in a text that begins earlier.</summary>
    /// <param name="characters">How many characters earlier.</param>
    public AddressError Shift(int characters) => this with { Position = Position + characters };

    /// <summary>The error as one phrase: "octet 4 is 256, and an octet is at most 255 (at character 9)".</summary>
    public override string ToString() => Kind == AddressErrorKind.None
        ? "no error"
        : string.Create(CultureInfo.InvariantCulture, $"{Detail} (at character {Position + 1})");
}
