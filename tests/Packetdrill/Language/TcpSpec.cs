using Fathom.Wire.Transport;

namespace Packetdrill.Language;

/// <summary>What a script says of a TCP segment; what is null is not said.</summary>
internal sealed record TcpSpec
{
    /// <summary>The control bits.</summary>
    public required TcpFlags Flags { get; init; }

    /// <summary>The counter of accurate ECN, written in place of its three bits (RFC 9768 §3.2).</summary>
    public byte? AceCounter { get; init; }

    /// <summary>Where it stands in the sender's stream.</summary>
    public required SequenceSpec Sequence { get; init; }

    /// <summary>The acknowledgment, counted from the other side's initial sequence number.</summary>
    public uint? Acknowledgment { get; init; }

    /// <summary>The window field as it stands.</summary>
    public ushort? Window { get; init; }

    /// <summary>The urgent pointer.</summary>
    public ushort? Urgent { get; init; }

    /// <summary>The options in their order.</summary>
    public IReadOnlyList<TcpOptionSpec> Options { get; init; } = [];

    /// <summary><c>&lt;...&gt;</c>: any options will do.</summary>
    public bool AnyOptions { get; init; }
}
