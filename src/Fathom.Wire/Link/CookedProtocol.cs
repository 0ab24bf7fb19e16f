namespace Fathom.Wire.Link;

/// <summary>The protocol field of a Linux cooked header, whose meaning the hardware type may change (LINKTYPE_LINUX_SLL).</summary>
internal static class CookedProtocol
{
    /// <summary>Linux's ETH_P_802_2: an LLC header follows.</summary>
    internal const ushort Llc = 0x0004;

    // ARPHRD_ numbers of Linux for which the field is no EtherType: netlink (its family), radiotap (nothing), frame relay (nothing).
    private const ushort Netlink = 824;
    private const ushort Radiotap = 803;
    private const ushort FrameRelay = 770;

    /// <summary>The EtherType that the field is; none where it is not one.</summary>
    internal static EtherType TypeOf(ushort protocol, ushort hardwareType)
        => hardwareType is Netlink or Radiotap or FrameRelay || protocol < TypeOrLength.MinType ? EtherType.None : (EtherType)protocol;
}
