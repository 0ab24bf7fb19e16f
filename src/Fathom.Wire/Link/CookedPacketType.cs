namespace Fathom.Wire.Link;

/// <summary>Whom a packet of a Linux cooked capture was for (LINKTYPE_LINUX_SLL).</summary>
public enum CookedPacketType : ushort
{
    /// <summary>Sent to this host by somebody else.</summary>
    ToHost = 0,

    /// <summary>Sent to everybody by somebody else.</summary>
    Broadcast = 1,

    /// <summary>Sent to a group by somebody else.</summary>
    Multicast = 2,

    /// <summary>Sent by somebody else to somebody else.</summary>
    ToOther = 3,

    /// <summary>Sent by this host.</summary>
    Outgoing = 4,
}
