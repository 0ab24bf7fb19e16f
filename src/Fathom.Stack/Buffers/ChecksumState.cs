namespace Fathom.Stack.Buffers;

/// <summary>What is known of the transport checksum in a packet.</summary>
public enum ChecksumState : byte
{
    /// <summary>Nothing: a receiver verifies it, a sender has filled it in.</summary>
    Complete,

    /// <summary>A device or a trusted sender has verified it already.</summary>
    Verified,

    /// <summary>
    /// The field holds the folded sum of the pseudo-header only, and the device that takes the packet puts in the rest (virtio 1.2
    /// §5.1.6.2). A receiver need not verify it: the packet has not crossed a medium that could damage it.
    /// </summary>
    Partial,
}
