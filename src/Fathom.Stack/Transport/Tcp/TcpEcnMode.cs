namespace Fathom.Stack.Transport.Tcp;

/// <summary>Whether connections agree on explicit congestion notification (RFC 3168 §6.1.1).</summary>
public enum TcpEcnMode : byte
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>When the peer asks for it; never by itself.</summary>
    WhenAsked,

    /// <summary>It is asked for, too. A SYN that is not answered is sent again without it (§6.1.1.1).</summary>
    Ask,
}
