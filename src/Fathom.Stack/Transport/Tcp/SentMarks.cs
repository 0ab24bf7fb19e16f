namespace Fathom.Stack.Transport.Tcp;

/// <summary>What is known of a segment that was sent.</summary>
[Flags]
internal enum SentMarks : byte
{
    None = 0,

    /// <summary>It carries the FIN behind its data.</summary>
    Fin = 1,

    /// <summary>It was sent with PSH.</summary>
    Push = 2,

    /// <summary>The peer has it, out of order (RFC 2018).</summary>
    Sacked = 4,

    /// <summary>It is taken for lost and waits to be sent again.</summary>
    Lost = 8,

    /// <summary>It was sent more than once.</summary>
    Retransmitted = 16,

    /// <summary>A record of the writer's ends with it: it is not joined with what follows.</summary>
    EndOfRecord = 32,

    /// <summary>The last of a burst of several: it was sent with PSH for that alone.</summary>
    BurstEnd = 64,
}
