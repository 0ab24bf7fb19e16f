namespace Fathom.Wire.Link;

/// <summary>What an ARP packet does: numbers of the IANA ARP operation registry.</summary>
public enum ArpOperation : ushort
{
    /// <summary>Not an operation.</summary>
    None = 0,

    /// <summary>Who has this protocol address? RFC 826.</summary>
    Request = 1,

    /// <summary>The answer, or an announcement. RFC 826.</summary>
    Reply = 2,

    /// <summary>Reverse ARP request, RFC 903.</summary>
    ReverseRequest = 3,

    /// <summary>Reverse ARP reply, RFC 903.</summary>
    ReverseReply = 4,

    /// <summary>Inverse ARP request, RFC 2390.</summary>
    InverseRequest = 8,

    /// <summary>Inverse ARP reply, RFC 2390.</summary>
    InverseReply = 9,
}
