using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a <see cref="FlowTable"/> holds: a connection, one that is half open, or one in TIME-WAIT.</summary>
internal interface IFlow
{
    /// <summary>Its ends.</summary>
    ref readonly FlowKey Key { get; }

    /// <summary>Both initial numbers, and what the peer's window is scaled by: for whoever watches.</summary>
    (SequenceNumber Own, SequenceNumber Peer, int Scale) Origins { get; }
}
