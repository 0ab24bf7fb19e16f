using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>One interface of a stack: the frame port that a driver serves.</summary>
public sealed class NetworkInterface
{
    internal NetworkInterface(int index, string name, InterfaceMedium medium, int mtu, MacAddress? hardwareAddress, InterfaceOffloads offloads)
    {
        Index = index;
        Name = name;
        Medium = medium;
        Mtu = mtu;
        HardwareAddress = hardwareAddress;
        Offloads = offloads;
    }

    /// <summary>Its number, from 1; also the zone of its link-local addresses (RFC 4007).</summary>
    public int Index { get; }

    /// <summary>Its name, for people.</summary>
    public string Name { get; }

    /// <summary>What its frames are.</summary>
    public InterfaceMedium Medium { get; }

    /// <summary>The largest IP packet it carries, in octets.</summary>
    public int Mtu { get; internal set; }

    /// <summary>Its MAC address; null unless the medium is Ethernet.</summary>
    public MacAddress? HardwareAddress { get; }

    /// <summary>What the device takes over.</summary>
    public InterfaceOffloads Offloads { get; }
}
