namespace Fathom.Stack.Link;

/// <summary>Why what is known of a neighbor has changed.</summary>
public enum NeighborReason : byte
{
    /// <summary>There was a packet for it.</summary>
    PacketToSend,

    /// <summary>It answered a question of this host's.</summary>
    Answered,

    /// <summary>It told its address without being asked, or asked something itself.</summary>
    Heard,

    /// <summary>Another MAC address than before was told.</summary>
    AddressChanged,

    /// <summary>An upper layer saw it make progress (RFC 4861 §7.3.1).</summary>
    UpperLayerProgress,

    /// <summary>Too long ago that it was seen.</summary>
    ReachableTimeOver,

    /// <summary>No upper layer has vouched for it in time.</summary>
    DelayOver,

    /// <summary>It did not answer.</summary>
    NoAnswer,

    /// <summary>Its entry made room for others.</summary>
    Evicted,

    /// <summary>Whoever runs the host said so.</summary>
    Configured,
}
