namespace Fathom.Wire.Application.Urls;

/// <summary>A code point's status in UTS #46 §5. A deviation counts as valid: processing is never transitional.</summary>
internal enum IdnaStatus : byte
{
    Valid,
    Mapped,
    Ignored,
    Disallowed,
}
