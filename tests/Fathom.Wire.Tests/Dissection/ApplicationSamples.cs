using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Valid messages of applications.</summary>
internal static class ApplicationSamples
{
    private static readonly byte[] Random = [.. Enumerable.Range(0, 32).Select(static i => (byte)(i * 7))];

    internal static byte[] ClientHelloRecord { get; } = new TlsClientHelloHeader
    {
        Random = Random,
        SessionId = Random.AsMemory(0, 32),
        CipherSuites = [0x1301, 0x1302, 0x0A0A, 0xC02F, 0x00FF],
        ServerName = "www.example.com",
        Groups = [TlsNamedGroups.X25519, TlsNamedGroups.Secp256R1],
        PointFormats = [0],
        SignatureSchemes = [0x0403, 0x0804],
        Protocols = ["h2", "http/1.1"],
        SupportedVersions = [TlsVersion.Tls13, TlsVersion.Tls12],
        KeyShares = [(TlsNamedGroups.X25519, Random)],
    }.ToBytes();

    internal static byte[] ClientHello => ClientHelloRecord[9..];

    // Version, random, a session id of two octets, a suite, no compression, and two extensions.
    internal static byte[] ServerHello { get; } =
        [3, 3, .. Random, 2, 8, 9, 0x13, 0x01, 0, 0, 46, 0, 43, 0, 2, 3, 4, 0, 51, 0, 36, 0, 29, 0, 32, .. Random];

    internal static byte[] Handshake(TlsHandshakeType type, byte[] body) => [(byte)type, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    internal static byte[] Record(TlsContentType type, byte[] fragment) => [(byte)type, 3, 3, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment];

    internal static byte[] Ssl2Hello { get; } = [0x80, 9 + 6 + 16, 1, 3, 1, 0, 6, 0, 0, 0, 16, 0, 0, 0x35, 1, 0, 0x80, .. Random[..16]];

    internal static byte[] Discover { get; } = Samples.Build(new DhcpHeader
    {
        TransactionId = 0x12345678,
        Seconds = 3,
        Broadcast = true,
        ClientMac = Samples.MacA,
        Options = new DhcpOptionList()
            .Add(DhcpMessageType.Discover)
            .Add(DhcpOptionCode.RequestedAddress, Samples.V4A)
            .Add(DhcpOptionCode.HostName, "laptop")
            .AddRequestList(DhcpOptionCode.SubnetMask, DhcpOptionCode.Router, DhcpOptionCode.DomainNameServer)
            .Add(DhcpOptionCode.ClasslessStaticRoute, [24, 192, 0, 2, 10, 0, 0, 1, 0, 10, 0, 0, 2]),
    });

    internal static byte[] Solicit { get; } = Samples.Build(new Dhcpv6Header(
        Dhcpv6MessageType.Solicit,
        0xABCDEF,
        new Dhcpv6OptionList()
            .Add(Dhcpv6OptionCode.ClientId, Dhcpv6Duid.OfLinkLayer(Samples.MacA))
            .Add(Dhcpv6OptionCode.ElapsedTime, 0, 100)
            .AddRequestList(Dhcpv6OptionCode.DnsServers, Dhcpv6OptionCode.DomainList)
            .AddAssociation(Dhcpv6OptionCode.IaNa, 7, 0, 0, new Dhcpv6OptionList().AddAddress(Samples.V6A, 300, 600))
            .AddAssociation(Dhcpv6OptionCode.IaPd, 8, 0, 0, new Dhcpv6OptionList().AddPrefix(IpPrefix.TryParse("2001:db8::/56", out var prefix) ? prefix : default, 300, 600))));

    internal static byte[] Relay(byte[] message, byte hops = 0) => Samples.Build(new Dhcpv6RelayHeader(
        Dhcpv6MessageType.RelayForward, hops, Samples.V6A, Samples.V6B, new Dhcpv6OptionList().Add(Dhcpv6OptionCode.RelayMessage, message)));

    internal static byte[] Ntp { get; } = Samples.Build(new NtpHeader
    {
        Leap = NtpLeap.LongMinute,
        Mode = NtpMode.Server,
        Stratum = 2,
        Poll = 6,
        Precision = -23,
        RootDelay = 0x0000_1234,
        RootDispersion = 0x0000_4321,
        ReferenceId = 0xC000_0201,
        ReferenceTimestamp = new(0xE4E0_0000_1234_5678),
        OriginTimestamp = new(0xE4E0_0001_1234_5678),
        ReceiveTimestamp = new(0xE4E0_0002_1234_5678),
        TransmitTimestamp = new(0xE4E0_0003_1234_5678),
    });

    internal static byte[] NtpControl { get; } = [0x16, 0x82, 0, 1, 6, 0x18, 0, 2, 0, 0, 0, 4, .. "a=1 "u8];

    // An Initial of version 1 with a token, and behind it a Handshake packet.
    internal static byte[] Quic { get; } =
        [0xC3, 0, 0, 0, 1, 4, 1, 2, 3, 4, 2, 9, 8, 3, 7, 7, 7, 0x40, 20, .. Random[..20], 0xE1, 0, 0, 0, 1, 4, 1, 2, 3, 4, 0, 17, .. Random[..17]];

    internal static byte[] QuicInitial => Quic[..39];

    internal static byte[] DnsQuery { get; } = new DnsMessage
    {
        Id = 0x4242,
        RecursionDesired = true,
        Questions = [new DnsQuestion(DnsName.Parse("www.example.com"), DnsType.A)],
        Edns = new DnsEdns(1232, 0, true, []),
    }.ToBytes();

    internal static byte[] DnsResponse { get; } = new DnsMessage
    {
        Id = 0x4242,
        IsResponse = true,
        Questions = [new DnsQuestion(DnsName.Parse("www.example.com"), DnsType.Any)],
        Answers =
        [
            new DnsRecord(DnsName.Parse("www.example.com"), DnsType.A, DnsClass.Internet, 300, new DnsData.A(Samples.V4A)),
            new DnsRecord(DnsName.Parse("www.example.com"), DnsType.Mx, DnsClass.Internet, 300, new DnsData.Mx(10, DnsName.Parse("mail.example.com"))),
        ],
    }.ToBytes();

}
