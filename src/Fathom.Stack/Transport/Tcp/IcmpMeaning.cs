namespace Fathom.Stack.Transport.Tcp;

/// <summary>What an ICMP error means to a connection (RFC 9293 §3.9.2.2, RFC 1122 §4.2.3.9, RFC 4443 §3).</summary>
internal enum IcmpMeaning : byte
{
    /// <summary>Not an error about reaching the peer.</summary>
    Other,

    /// <summary>It may pass.</summary>
    Soft,

    /// <summary>It will not pass: nobody there speaks TCP, or to this port.</summary>
    Hard,

    /// <summary>The segment did not fit.</summary>
    TooLarge,
}
