namespace Fathom.Wire.Application.Tls;

/// <summary>What is wrong with a record header.</summary>
public enum TlsRecordFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A content type that no version of TLS has.</summary>
    UnknownContentType,

    /// <summary>The major version is not 3.</summary>
    UnknownVersion,

    /// <summary>Longer than any version allows.</summary>
    TooLong,

    /// <summary>A record without content whose type must have some (RFC 8446 §5.1).</summary>
    Empty,

    /// <summary>More empty records in a row than allowed.</summary>
    TooManyEmpty,
}
