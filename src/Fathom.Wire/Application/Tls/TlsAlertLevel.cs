namespace Fathom.Wire.Application.Tls;

/// <summary>How serious an alert says it is (RFC 5246 §7.2). TLS 1.3 ignores the level: all but two kinds end the connection.</summary>
public enum TlsAlertLevel : byte
{
    /// <summary>Not an alert: the default of an unset value.</summary>
    None = 0,

    /// <summary>The connection may go on.</summary>
    Warning = 1,

    /// <summary>The connection ends.</summary>
    Fatal = 2,
}
