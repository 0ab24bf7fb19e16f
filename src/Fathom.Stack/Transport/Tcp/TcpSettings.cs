namespace Fathom.Stack.Transport.Tcp;

/// <summary>How TCP behaves. The defaults are those of RFCs, or of Linux where an RFC leaves room and practice has settled.</summary>
public sealed record TcpSettings
{
    /// <summary>The initial congestion window in segments; of those longer than 1,460 octets only as many as fit in so many of 1,460, but two at least (RFC 6928 §2).</summary>
    public int InitialWindowSegments { get; init; } = 10;

    /// <summary>The retransmission time-out before anything was measured (RFC 6298 §2.1).</summary>
    public TimeSpan InitialRetransmissionTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The least that the variance adds to the smoothed round trip in a retransmission time-out. RFC 6298 §2.4 asks for a whole second as least time-out; systems
    /// have used 200 ms for twenty years, as delayed acknowledgments wait no longer.
    /// </summary>
    public TimeSpan MinimumRetransmissionVariance { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest retransmission time-out: at least 60 s (RFC 6298 §2.5).</summary>
    public TimeSpan MaximumRetransmissionTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How many times a SYN is sent again: R2 for a SYN is to be three minutes at least, with RFC 9293 §3.8.3 (MUST-23). 1, 2, 4 … 64 s: 127 s; one more would be 255.</summary>
    public int SynRetries { get; init; } = 7;

    /// <summary>How many times a SYN-ACK is sent again.</summary>
    public int SynAckRetries { get; init; } = 5;

    /// <summary>How many times a segment is sent again before the connection has ended: with the least time-out 924 s, above R2's 100 s (RFC 9293 §3.8.3, SHLD-11).</summary>
    public int Retries { get; init; } = 15;

    /// <summary>The same for a connection that its owner has closed: nobody waits for it any more.</summary>
    public int OrphanRetries { get; init; } = 8;

    /// <summary>How long FIN-WAIT-2 lasts once the owner has closed and nothing comes.</summary>
    public TimeSpan FinWait2Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long TIME-WAIT lasts: two maximum segment lifetimes (RFC 9293 §3.6, MUST-13), the lifetime taken as 30 s.</summary>
    public TimeSpan TimeWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a connection in TIME-WAIT keeps its port from being chosen for another to the same peer, where it had timestamps: those of the next one are to be newer (RFC 6191 §3), and their clock
    /// counts milliseconds, so that 1 ms is the least. Where it had none, its port is not chosen before the wait is over.
    /// </summary>
    public TimeSpan TimeWaitReuseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time that an acknowledgment is delayed; below 0.5 s (RFC 9293 §3.8.6.3, MUST-40).</summary>
    public TimeSpan MinimumAckDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The longest time that an acknowledgment is delayed, and that the peer is believed to delay one (RFC 8985 §7.2).</summary>
    public TimeSpan MaximumAckDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Segments acknowledged at once at the start of a connection, so that the peer's slow start is not slowed; 0: none.</summary>
    public int QuickAckSegments { get; init; } = 16;

    /// <summary>Octets that may wait for the program to read, at first, in octets.</summary>
    public int InitialReceiveBuffer { get; init; } = 65_535;

    /// <summary>The most that the receive buffer may grow to.</summary>
    public int MaximumReceiveBuffer { get; init; } = 6 * 1024 * 1024;

    /// <summary>
    /// Octets that may wait to be sent or acknowledged, at first. Enough that a program on a fast link need not be woken for every few segments; of a hundred busy
    /// connections it still fits into a processor's cache.
    /// </summary>
    public int InitialSendBuffer { get; init; } = 128 * 1024;

    /// <summary>The most that the send buffer may grow to: it follows the congestion window.</summary>
    public int MaximumSendBuffer { get; init; } = 4 * 1024 * 1024;

    /// <summary>The window scale to announce, 0 to 14 (RFC 7323 §2.3); null: what <see cref="MaximumReceiveBuffer"/> needs.</summary>
    public byte? WindowScale { get; init; }

    /// <summary>Announce window scaling (RFC 7323 §2).</summary>
    public bool UseWindowScale { get; init; } = true;

    /// <summary>Announce timestamps (RFC 7323 §3).</summary>
    public bool UseTimestamps { get; init; } = true;

    /// <summary>Drop what comes without a timestamp once they are agreed (RFC 7323 §3.2). Linux takes it.</summary>
    public bool RequiresTimestamps { get; init; } = true;

    /// <summary>Announce selective acknowledgment (RFC 2018).</summary>
    public bool UseSelectiveAcknowledgment { get; init; } = true;

    /// <summary>Explicit congestion notification.</summary>
    public TcpEcnMode Ecn { get; init; } = TcpEcnMode.WhenAsked;

    /// <summary>Congestion control.</summary>
    public TcpCongestionAlgorithm CongestionAlgorithm { get; init; } = TcpCongestionAlgorithm.Cubic;

    /// <summary>Leave slow start before the queue overflows (RFC 9406).</summary>
    public bool UseHyStart { get; init; } = true;

    /// <summary>Detect loss by time (RFC 8985); without it by counting alone (RFC 6675).</summary>
    public bool UseRack { get; init; } = true;

    /// <summary>Probe for a lost tail (RFC 8985 §7).</summary>
    public bool UseTailLossProbe { get; init; } = true;

    /// <summary>Look whether a time-out was spurious (RFC 5682).</summary>
    public bool UseForwardRto { get; init; } = true;

    /// <summary>Lower the congestion window of a connection that was idle (RFC 5681 §4.1).</summary>
    public bool RestartAfterIdle { get; init; } = true;

    /// <summary>Find the path MTU by probing.</summary>
    public TcpMtuProbing MtuProbing { get; init; } = TcpMtuProbing.OnBlackHole;

    /// <summary>The segment size to fall back to, in octets of data (RFC 4821 §7.2 recommends 1,024).</summary>
    public int MtuProbingBase { get; init; } = 1024;

    /// <summary>The segment size to announce, in octets; null: what the interface carries (RFC 9293 §3.7.1).</summary>
    public int? AdvertisedSegmentSize { get; init; }

    /// <summary>Do not wait to fill a segment (RFC 9293 §3.7.4, MUST-17).</summary>
    public bool NoDelay { get; init; }

    /// <summary>Keep-alive probes; null: none, as must be the default (RFC 9293 §3.8.4, MUST-25).</summary>
    public TcpKeepAlive? KeepAlive { get; init; }

    /// <summary>How long octets may wait unacknowledged before the connection has ended; null: <see cref="Retries"/> decides alone (RFC 9293 §3.8.3).</summary>
    public TimeSpan? UserTimeout { get; init; }

    /// <summary>When a listener sends cookies.</summary>
    public TcpCookieMode SynCookies { get; init; } = TcpCookieMode.WhenFull;

    /// <summary>Half-open connections of one listener.</summary>
    public int MaximumHalfOpen { get; init; } = 1024;

    /// <summary>Connections of the stack, those in TIME-WAIT not counted.</summary>
    public int MaximumConnections { get; init; } = 1_000_000;

    /// <summary>
    /// Octets that all streams together may hold before buffers stop growing, segments beyond a gap are dropped, and writers get no more than 4,096 octets each: 256 MiB. Above 320 MiB (a
    /// quarter more) what arrives is dropped too, where as much waits to be read.
    /// </summary>
    public long MaximumBufferMemory { get; init; } = 256L * 1024 * 1024;

    /// <summary>Connections of the stack in TIME-WAIT; the oldest leave it early above that.</summary>
    public int MaximumTimeWait { get; init; } = 65_536;

    /// <summary>Challenge acknowledgments of the whole stack in a second (RFC 5961 §7); a stranger that counts them learns little, as the limit is random about this number.</summary>
    public int ChallengeAcksPerSecond { get; init; } = 1000;

    /// <summary>The least time between two acknowledgments that answer unacceptable segments of one connection: two hosts that correct each other would never end (RFC 5961 §10).</summary>
    public TimeSpan InvalidAckInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Answer what acknowledges octets never sent (RFC 9293 §3.10.7.4). Linux drops it without a word.</summary>
    public bool AnswersUnsentAcknowledgments { get; init; } = true;

    /// <summary>
    /// An ICMP error that may pass (no route, host unreachable) ends an attempt to connect at once. RFC 9293 §3.9.2.2 leaves it to the retries; nearly all systems
    /// tell their user at once (RFC 5461 §4.1), who wants to know the cause and not wait two minutes for it.
    /// </summary>
    public bool EndsConnectOnSoftErrors { get; init; } = true;

    /// <summary>The first port for connections that did not choose one (RFC 6335 §6: 49152 to 65535 are dynamic; RFC 6056 §3.2 wants many).</summary>
    public ushort FirstClientPort { get; init; } = 32_768;

    /// <summary>The last one.</summary>
    public ushort LastClientPort { get; init; } = 60_999;

    /// <summary>TTL or hop limit of segments.</summary>
    public byte HopLimit { get; init; } = 64;
}
