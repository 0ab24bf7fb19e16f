namespace Fathom.Probes.Transport;

/// <summary>Why a <see cref="StreamRelay"/> ended.</summary>
public enum StreamRelayEnding
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>The peer sent FIN, and all it had sent was received.</summary>
    PeerEnded,

    /// <summary>The peer sent RST.</summary>
    PeerReset,

    /// <summary>The stack gave up, or an error was reported.</summary>
    Failed,

    /// <summary>Nothing moved for the idle timeout.</summary>
    Idle,

    /// <summary>What takes the output does not want more.</summary>
    OutputClosed,

    /// <summary>The caller ended it.</summary>
    Interrupted,
}
