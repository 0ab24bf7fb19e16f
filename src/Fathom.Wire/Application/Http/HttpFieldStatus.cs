namespace Fathom.Wire.Application.Http;

/// <summary>How a field name is registered (RFC 9110 §16.3.1).</summary>
public enum HttpFieldStatus
{
    /// <summary>The registry's copy does not tell.</summary>
    Unknown,

    /// <summary>Specified by a standard or another open specification.</summary>
    Permanent,

    /// <summary>In use, without a standard.</summary>
    Provisional,

    /// <summary>Not to be used any more, though it still means something.</summary>
    Deprecated,

    /// <summary>Of the past.</summary>
    Obsoleted,
}
