namespace Fathom.Wire.Encapsulation;

/// <summary>What a step of a journey is.</summary>
public enum JourneyEvent : byte
{
    /// <summary>The connection opened or closed: a segment without a part of the message.</summary>
    Connection = 0,

    /// <summary>The sender sent a packet for the first time.</summary>
    Sent,

    /// <summary>The sender sent a packet again.</summary>
    SentAgain,

    /// <summary>The link lost a packet.</summary>
    Lost,

    /// <summary>A packet arrived at the receiver.</summary>
    Arrived,

    /// <summary>An acknowledgment arrived at the sender.</summary>
    Acknowledged,

    /// <summary>A timer ran out.</summary>
    TimedOut,

    /// <summary>The receiver told the sender that it gave up (ICMP).</summary>
    Reported,
}
