using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>ICMP types and codes in words.</summary>
public static class IcmpText
{
    /// <summary>The type in words: "echo request".</summary>
    /// <param name="type">The type.</param>
    public static string Describe(this IcmpType type) => type switch
    {
        IcmpType.EchoReply => "echo reply",
        IcmpType.DestinationUnreachable => "destination unreachable",
        IcmpType.SourceQuench => "source quench",
        IcmpType.Redirect => "redirect",
        IcmpType.EchoRequest => "echo request",
        IcmpType.RouterAdvertisement => "router advertisement",
        IcmpType.RouterSolicitation => "router solicitation",
        IcmpType.TimeExceeded => "time exceeded",
        IcmpType.ParameterProblem => "parameter problem",
        IcmpType.TimestampRequest => "timestamp request",
        IcmpType.TimestampReply => "timestamp reply",
        IcmpType.AddressMaskRequest => "address mask request",
        IcmpType.AddressMaskReply => "address mask reply",
        IcmpType.ExtendedEchoRequest => "extended echo request",
        IcmpType.ExtendedEchoReply => "extended echo reply",
        _ => string.Create(CultureInfo.InvariantCulture, $"type {(byte)type}"),
    };

    /// <summary>What type and code say together: "communication administratively prohibited", "time exceeded in transit".</summary>
    /// <param name="type">The type.</param>
    /// <param name="code">The code.</param>
    public static string Describe(IcmpType type, byte code) => type switch
    {
        IcmpType.DestinationUnreachable => DescribeUnreachable((IcmpUnreachableCode)code),
        IcmpType.Redirect => code switch
        {
            0 => "redirect for the network",
            1 => "redirect for the host",
            2 => "redirect for the type of service and network",
            3 => "redirect for the type of service and host",
            _ => WithCode(type, code),
        },
        IcmpType.TimeExceeded => code switch
        {
            0 => "time exceeded in transit",
            1 => "fragment reassembly time exceeded",
            _ => WithCode(type, code),
        },
        IcmpType.ParameterProblem => code switch
        {
            0 => "parameter problem: the pointer shows the error",
            1 => "parameter problem: a required option is missing",
            2 => "parameter problem: bad length",
            _ => WithCode(type, code),
        },
        IcmpType.ExtendedEchoReply => code switch
        {
            0 => "extended echo reply",
            1 => "extended echo reply: malformed query",
            2 => "extended echo reply: no such interface",
            3 => "extended echo reply: no such table entry",
            4 => "extended echo reply: more than one interface satisfies the query",
            _ => WithCode(type, code),
        },
        _ => code == 0 ? type.Describe() : WithCode(type, code),
    };

    private static string DescribeUnreachable(IcmpUnreachableCode code) => code switch
    {
        IcmpUnreachableCode.Network => "network unreachable",
        IcmpUnreachableCode.Host => "host unreachable",
        IcmpUnreachableCode.Protocol => "protocol unreachable",
        IcmpUnreachableCode.Port => "port unreachable",
        IcmpUnreachableCode.FragmentationNeeded => "fragmentation needed but not allowed",
        IcmpUnreachableCode.SourceRouteFailed => "source route failed",
        IcmpUnreachableCode.NetworkUnknown => "destination network unknown",
        IcmpUnreachableCode.HostUnknown => "destination host unknown",
        IcmpUnreachableCode.SourceHostIsolated => "source host isolated",
        IcmpUnreachableCode.NetworkProhibited => "communication with the network administratively prohibited",
        IcmpUnreachableCode.HostProhibited => "communication with the host administratively prohibited",
        IcmpUnreachableCode.NetworkForTypeOfService => "network unreachable for the type of service",
        IcmpUnreachableCode.HostForTypeOfService => "host unreachable for the type of service",
        IcmpUnreachableCode.CommunicationProhibited => "communication administratively prohibited",
        IcmpUnreachableCode.HostPrecedenceViolation => "host precedence violation",
        IcmpUnreachableCode.PrecedenceCutoff => "precedence cutoff in effect",
        _ => WithCode(IcmpType.DestinationUnreachable, (byte)code),
    };

    private static string WithCode(IcmpType type, byte code)
        => string.Create(CultureInfo.InvariantCulture, $"{type.Describe()} (code {code})");
}
