namespace Fathom.Wire.Application.Urls;

/// <summary>The derived property of IDNA2008 (RFC 5892 §3). UNASSIGNED is refused as DISALLOWED is.</summary>
internal enum DerivedProperty : byte
{
    ProtocolValid,
    ContextJoiner,
    ContextOther,
    Disallowed,
}
