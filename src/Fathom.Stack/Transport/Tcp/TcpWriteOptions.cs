namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a writer says of its octets.</summary>
[Flags]
public enum TcpWriteOptions : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>More follows soon: a segment that is not full may wait for it.</summary>
    More = 1,

    /// <summary>A record ends here: later octets do not share its last segment.</summary>
    EndOfRecord = 2,

    /// <summary>The last octet is urgent (RFC 9293 §3.8.5). New protocols do not use it (RFC 6093 §5).</summary>
    Urgent = 4,
}
