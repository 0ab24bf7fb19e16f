using Fathom.Stack.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>Sorts ICMP errors by what they mean to a connection.</summary>
internal static class IcmpMeanings
{
    public static IcmpMeaning Of(in IcmpReport report) => report.Source.IsV6 ? OfV6((Icmpv6Type)report.Type, report.Code) : OfV4((IcmpType)report.Type, report.Code);

    // RFC 1122 §4.2.3.9: protocol and port unreachable are hard; those of RFC 1812 §5.2.7.1 that came later are soft.
    private static IcmpMeaning OfV4(IcmpType type, byte code) => type switch
    {
        IcmpType.DestinationUnreachable => code switch { 4 => IcmpMeaning.TooLarge, 2 or 3 => IcmpMeaning.Hard, _ => IcmpMeaning.Soft },
        IcmpType.TimeExceeded or IcmpType.ParameterProblem => IcmpMeaning.Soft,
        _ => IcmpMeaning.Other,
    };

    // RFC 4443 §3.1: administratively prohibited (1) and port unreachable (4) will not pass.
    private static IcmpMeaning OfV6(Icmpv6Type type, byte code) => type switch
    {
        Icmpv6Type.PacketTooBig => IcmpMeaning.TooLarge,
        Icmpv6Type.DestinationUnreachable => code is 1 or 4 ? IcmpMeaning.Hard : IcmpMeaning.Soft,
        Icmpv6Type.TimeExceeded or Icmpv6Type.ParameterProblem => IcmpMeaning.Soft,
        _ => IcmpMeaning.Other,
    };
}
