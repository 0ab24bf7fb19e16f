namespace Fathom.Probes.Transport;

/// <summary>How a <see cref="StreamRelay"/> works.</summary>
public sealed record StreamRelayOptions
{
    /// <summary>How long neither direction may move before the relay ends; null for ever.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>At the end of the input FIN is sent, and reading goes on until the peer ends, too (nc's -N). Otherwise this end stays open.</summary>
    public bool HalfCloseAtInputEnd { get; init; } = true;

    /// <summary>
    /// How long input that does not come is waited for once the peer has sent FIN. Input that flows goes on: the peer may only have
    /// closed its half. Half a second is longer than the pauses of a program that writes, and short for a person.
    /// </summary>
    public TimeSpan InputGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Octets that each direction holds at the most.</summary>
    public int BufferSize { get; init; } = 64 * 1024;
}
