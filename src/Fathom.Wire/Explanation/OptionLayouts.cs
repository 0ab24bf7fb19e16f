using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Explanation;

/// <summary>The options that terms show, drawn from the tables by which they are read.</summary>
internal static class OptionLayouts
{
    internal static HeaderLayout Tcp(string name, params ReadOnlySpan<byte> option) => HeaderLayout.Of(name, TcpOptionLayouts.Of(new TcpOption(0, option)));

    internal static HeaderLayout Ipv4(string name, params ReadOnlySpan<byte> option) => HeaderLayout.Of(name, Ipv4OptionLayouts.Of(new Ipv4Option(0, option)));

    internal static HeaderLayout Ipv6(string name, Ipv6OptionType type) => HeaderLayout.Of(name, Ipv6OptionLayouts.Of(new Ipv6Option(0, [(byte)type, 0])));

    internal static HeaderLayout Nd(string name, NdOptionType type) => HeaderLayout.Of(name, NdOptionLayouts.Of(type));

    internal static HeaderLayout Extension(string name, byte classNumber, byte classType)
        => HeaderLayout.Of(name, IcmpExtensionLayouts.Of(new IcmpExtensionObject(0, [0, 4, classNumber, classType])));

    /// <summary>A multipath option of one subtype: what is there depends on its length and flags.</summary>
    internal static HeaderLayout Multipath(string name, MultipathSubtype subtype, int length, byte flags = 0)
    {
        Span<byte> option = stackalloc byte[length];
        option.Clear();
        option[0] = (byte)TcpOptionKind.MultipathTcp;
        option[1] = (byte)length;
        option[2] = (byte)((byte)subtype << 4);
        option[3] = flags;
        return Tcp(name, option);
    }
}
