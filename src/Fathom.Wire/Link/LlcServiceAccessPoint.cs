namespace Fathom.Wire.Link;

/// <summary>Which protocol an LLC frame is for: service access points that IEEE 802.2 and the IEEE's registry assign.</summary>
public enum LlcServiceAccessPoint : byte
{
    /// <summary>The null address: the LLC layer itself answers.</summary>
    Null = 0x00,

    /// <summary>LLC sublayer management.</summary>
    Management = 0x02,

    /// <summary>Internet Protocol, as IEEE 802.2 once assigned it; RFC 1042 uses SNAP instead.</summary>
    Ip = 0x06,

    /// <summary>Bridge spanning tree protocol (IEEE 802.1D).</summary>
    SpanningTree = 0x42,

    /// <summary>SNAP: a SNAP header says what follows (RFC 1042).</summary>
    Snap = 0xAA,

    /// <summary>Novell NetWare.</summary>
    NetWare = 0xE0,

    /// <summary>NetBIOS.</summary>
    NetBios = 0xF0,

    /// <summary>ISO network layer protocols, IS-IS among them.</summary>
    Osi = 0xFE,

    /// <summary>All service access points; NetWare's frames without LLC look so too, since they begin with 0xFFFF.</summary>
    Global = 0xFF,
}
