namespace Fathom.Wire.Application.Http;

/// <summary>Why a value is no structured field.</summary>
/// <param name="Offset">Characters from the start of the value.</param>
/// <param name="Detail">What was expected, as a phrase for a person.</param>
public readonly record struct StructuredFieldError(int Offset, string Detail)
{
    /// <summary>The error as one line.</summary>
    public override string ToString() => FormattableString.Invariant($"at offset {Offset}: {Detail}");
}
