using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Link;

namespace Fuzz;

/// <summary>Messages of applications with which campaigns begin.</summary>
internal static class MessageSeeds
{
    private static readonly byte[] Random = [.. Enumerable.Range(0, 32).Select(static i => (byte)(i * 7))];
    private static readonly MacAddress Mac = MacAddress.FromValue(0x02_0000_0000_0A);

    internal static byte[] ClientHello { get; } = new TlsClientHelloHeader
    {
        Random = Random,
        SessionId = Random,
        CipherSuites = [0x1301, 0x0A0A, 0xC02F, 0x00FF],
        ServerName = "www.example.com",
        Groups = [TlsNamedGroups.X25519, TlsNamedGroups.Secp256R1],
        PointFormats = [0],
        SignatureSchemes = [0x0403, 0x0804],
        Protocols = ["h2", "http/1.1"],
        SupportedVersions = [TlsVersion.Tls13, TlsVersion.Tls12],
        KeyShares = [(TlsNamedGroups.X25519, Random)],
    }.ToBytes();

    /// <summary>A server hello, a certificate that is none, an alert.</summary>
    internal static byte[] ServerFlight { get; } =
    [
        .. Record(22, [2, 0, 0, 88, 3, 3, .. Random, 2, 8, 9, 0x13, 0x01, 0, 0, 46, 0, 43, 0, 2, 3, 4, 0, 51, 0, 36, 0, 29, 0, 32, .. Random]),
        .. Record(22, [11, 0, 0, 11, 0, 0, 8, 0, 0, 5, 0x30, 3, 2, 1, 1]), .. Record(21, [2, 40]),
    ];

    internal static byte[] Ssl2Hello { get; } = [0x80, 9 + 6 + 16, 1, 3, 1, 0, 6, 0, 0, 0, 16, 0, 0, 0x35, 1, 0, 0x80, .. Random[..16]];

    internal static byte[] Discover { get; } = Build(new DhcpHeader
    {
        TransactionId = 0x12345678,
        ClientMac = Mac,
        Options = new DhcpOptionList()
            .Add(DhcpMessageType.Discover)
            .Add(DhcpOptionCode.RequestedAddress, PacketTargets.V4A)
            .Add(DhcpOptionCode.HostName, "laptop")
            .AddRequestList(DhcpOptionCode.SubnetMask, DhcpOptionCode.Router, DhcpOptionCode.DomainNameServer)
            .Add(DhcpOptionCode.ClasslessStaticRoute, [24, 192, 0, 2, 10, 0, 0, 1, 0, 10, 0, 0, 2]),
    });

    internal static byte[] Solicit { get; } = Build(new Dhcpv6Header(
        Dhcpv6MessageType.Solicit,
        0xABCDEF,
        new Dhcpv6OptionList()
            .Add(Dhcpv6OptionCode.ClientId, Dhcpv6Duid.OfLinkLayer(Mac))
            .AddRequestList(Dhcpv6OptionCode.DnsServers, Dhcpv6OptionCode.DomainList)
            .AddAssociation(Dhcpv6OptionCode.IaNa, 7, 0, 0, new Dhcpv6OptionList().AddAddress(PacketTargets.V6A, 300, 600))));

    internal static byte[] Relay { get; } = Build(new Dhcpv6RelayHeader(
        Dhcpv6MessageType.RelayForward, 1, PacketTargets.V6A, PacketTargets.V6B, new Dhcpv6OptionList().Add(Dhcpv6OptionCode.RelayMessage, Solicit)));

    internal static byte[] Ntp { get; } = [0x64, 2, 6, 0xE9, .. new byte[8], 192, 0, 2, 1, .. Random, 2, 4, 0, 20, .. Random[..16], 0, 0, 0, 1, .. Random[..16]];

    internal static byte[] NtpControl { get; } = [0x16, 0x82, 0, 1, 6, 0x18, 0, 2, 0, 0, 0, 4, .. "a=1 "u8];

    internal static byte[] Quic { get; } =
        [0xC3, 0, 0, 0, 1, 4, 1, 2, 3, 4, 2, 9, 8, 3, 7, 7, 7, 0x40, 20, .. Random[..20], 0xE1, 0, 0, 0, 1, 4, 1, 2, 3, 4, 0, 17, .. Random[..17]];

    internal static byte[] QuicVersions { get; } = [0x80, 0, 0, 0, 0, 2, 1, 2, 2, 3, 4, 0, 0, 0, 1, 0x6B, 0x33, 0x43, 0xCF];

    internal static byte[] DnsResponse { get; } = new DnsMessage
    {
        Id = 0x4242,
        IsResponse = true,
        Questions = [new DnsQuestion(DnsName.Parse("www.example.com"), DnsType.Any)],
        Answers =
        [
            new DnsRecord(DnsName.Parse("www.example.com"), DnsType.A, DnsClass.Internet, 300, new DnsData.A(PacketTargets.V4A)),
            new DnsRecord(DnsName.Parse("www.example.com"), DnsType.Mx, DnsClass.Internet, 300, new DnsData.Mx(10, DnsName.Parse("mail.example.com"))),
        ],
        Edns = new DnsEdns(1232, 0, true, []),
    }.ToBytes();

    /// <summary>The two octets of length that DNS has over TCP.</summary>
    internal static byte[] OverTcp(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static byte[] Record(byte type, byte[] fragment) => [type, 3, 3, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment];

    private static byte[] Build(Fathom.Wire.IWireHeader header)
    {
        var bytes = new byte[header.Length];
        header.WriteTo(bytes);
        return bytes;
    }
}
