namespace Fathom.Probes.Application.Tls;

/// <summary>Who sent a message.</summary>
public enum TlsDirection
{
    /// <summary>This end.</summary>
    Sent,

    /// <summary>The peer.</summary>
    Received,
}
