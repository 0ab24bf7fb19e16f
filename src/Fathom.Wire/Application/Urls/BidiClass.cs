namespace Fathom.Wire.Application.Urls;

/// <summary>Bidi_Class (UAX #9), in the order of the generated table.</summary>
internal enum BidiClass : byte
{
    LeftToRight,
    RightToLeft,
    ArabicLetter,
    ArabicNumber,
    EuropeanNumber,
    EuropeanSeparator,
    CommonSeparator,
    EuropeanTerminator,
    OtherNeutral,
    BoundaryNeutral,
    NonspacingMark,

    /// <summary>This and all above it stand in no label.</summary>
    ParagraphSeparator,
}
