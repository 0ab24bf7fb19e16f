namespace Fathom.Probes.Application.Tls;

/// <summary>Who sent a message.</summary>
public enum TlsDirection
{
    /// <summary>This end.</summary>
    Sent,

    /// <summary>The peer sent it.</summary>
    Received,
}
