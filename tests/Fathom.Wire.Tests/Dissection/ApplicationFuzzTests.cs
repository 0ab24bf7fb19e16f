using CsCheck;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Quic;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Application.X509;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Messages of applications with octets changed and ends cut off: nothing throws, and what is shown lies inside the frame.</summary>
public class ApplicationFuzzTests
{
    private const long Iterations = 20_000;

    private static readonly (IpProtocol Transport, ushort Port, byte[] Payload)[] Messages =
    [
        (IpProtocol.Udp, 53, ApplicationSamples.DnsQuery),
        (IpProtocol.Udp, 53, ApplicationSamples.DnsResponse),
        (IpProtocol.Udp, 5353, ApplicationSamples.DnsResponse),
        (IpProtocol.Udp, 5355, ApplicationSamples.DnsQuery),
        (IpProtocol.Tcp, 53, [0, (byte)ApplicationSamples.DnsQuery.Length, .. ApplicationSamples.DnsQuery, 0, (byte)ApplicationSamples.DnsResponse.Length, .. ApplicationSamples.DnsResponse]),
        (IpProtocol.Tcp, 443, ApplicationSamples.ClientHelloRecord),
        (IpProtocol.Tcp, 443, [.. ApplicationSamples.Record(TlsContentType.Handshake, ApplicationSamples.Handshake(TlsHandshakeType.ServerHello, ApplicationSamples.ServerHello)), .. ApplicationSamples.Record(TlsContentType.ChangeCipherSpec, [1]), .. ApplicationSamples.Record(TlsContentType.Alert, [2, 40]), .. ApplicationSamples.Record(TlsContentType.ApplicationData, new byte[30])]),
        (IpProtocol.Tcp, 443, ApplicationSamples.Record(TlsContentType.Handshake, [.. ApplicationSamples.Handshake(TlsHandshakeType.Certificate, [0, 0, 8, 0, 0, 5, 0x30, 3, 2, 1, 1]), .. ApplicationSamples.Handshake(TlsHandshakeType.ServerKeyExchange, [3, 0, 29, 2, 9, 9, 4, 3, 0, 2, 7, 7]), .. ApplicationSamples.Handshake(TlsHandshakeType.CertificateRequest, [1, 1, 0, 2, 4, 3, 0, 0]), .. ApplicationSamples.Handshake(TlsHandshakeType.NewSessionTicket, [0, 0, 1, 0, 0, 1, 9]), .. ApplicationSamples.Handshake(TlsHandshakeType.CertificateStatus, [1, 0, 0, 1, 5])])),
        (IpProtocol.Tcp, 443, ApplicationSamples.Ssl2Hello),
        (IpProtocol.Udp, 67, ApplicationSamples.Discover),
        (IpProtocol.Udp, 547, ApplicationSamples.Solicit),
        (IpProtocol.Udp, 547, ApplicationSamples.Relay(ApplicationSamples.Relay(ApplicationSamples.Solicit), 1)),
        (IpProtocol.Udp, 123, [.. ApplicationSamples.Ntp, 2, 4, 0, 20, .. new byte[16], 0, 0, 0, 1, .. new byte[16]]),
        (IpProtocol.Udp, 123, ApplicationSamples.NtpControl),
        (IpProtocol.Udp, 443, ApplicationSamples.Quic),
        (IpProtocol.Tcp, 80, [.. "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"u8]),
    ];

    internal static IEnumerable<byte[]> Frames => Messages.Select(static m => Frame(m.Transport, m.Port, m.Payload));

    private static readonly Gen<byte[]> Mutants = Gen.Select(Gen.Int[0, Messages.Length - 1], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 5], Gen.Int[0, 500])
        .Select(static (seed, changes, length) =>
        {
            var bytes = Messages[seed].Payload.ToArray();
            foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
            return bytes[..Math.Min(bytes.Length, length)];
        });

    [Fact]
    public void Mutated_messages_are_dissected_without_an_exception()
        => Gen.Select(Gen.Int[0, Messages.Length - 1], Mutants).Sample(static (kind, payload) => FuzzTests.CheckDissection(LinkType.Ethernet, Frame(Messages[kind].Transport, Messages[kind].Port, payload)), iter: Iterations);

    [Fact]
    public void Every_cut_of_a_message_is_dissected_without_an_exception()
    {
        foreach (var (transport, port, payload) in Messages)
        {
            for (var length = 0; length <= payload.Length; length++) FuzzTests.CheckDissection(LinkType.Ethernet, Frame(transport, port, payload[..length]));
        }
    }

    [Fact]
    public void Every_bit_of_a_message_may_be_another()
    {
        foreach (var (transport, port, payload) in Messages)
        {
            for (var bit = 0; bit < 8 * payload.Length; bit++)
            {
                var changed = payload.ToArray();
                changed[bit / 8] ^= (byte)(0x80 >> (bit % 8));
                FuzzTests.CheckDissection(LinkType.Ethernet, Frame(transport, port, changed));
            }
        }
    }

    [Fact]
    public void Every_message_is_dissected_whole_without_a_fault()
    {
        foreach (var (transport, port, payload) in Messages)
        {
            var dissection = Dissector.Dissect(LinkType.Ethernet, Frame(transport, port, payload));
            Assert.True(dissection.Fault is null, $"{dissection.Summary}: {dissection.Fault}");
            Assert.NotEqual("data", dissection.Layers[^1].Protocol);
        }
    }

    [Fact] // Work that grows with the square of a message would show here as minutes.
    public void Many_small_parts_are_read_in_time_that_grows_with_them()
    {
        byte[] options = [.. ApplicationSamples.Discover[..240], .. Enumerable.Range(0, 15_000).SelectMany(static i => new byte[] { (byte)(1 + (i % 200)), 1, 7 })];
        FuzzTests.CheckDissection(LinkType.Ethernet, Frame(IpProtocol.Udp, 67, options));
        byte[] hello = [.. ApplicationSamples.ServerHello[..34], 0, .. Enumerable.Repeat((byte)0x13, 8000)];
        var records = ApplicationSamples.Handshake(TlsHandshakeType.ClientHello, [.. ApplicationSamples.ClientHello[..34], 0, 0x1F, 0x40, .. Enumerable.Repeat((byte)0x13, 8000), 1, 0]).SelectMany(static octet => ApplicationSamples.Record(TlsContentType.Handshake, [octet]));
        var layer = Dissector.Dissect(LinkType.Ethernet, Frame(IpProtocol.Tcp, 443, [.. records])).Layers.Single(static l => l.Protocol == "tls");
        Assert.Equal(4000, layer.Fields.Count(static f => f.Name == "cipherSuite"));
        FuzzTests.CheckDissection(LinkType.Ethernet, Frame(IpProtocol.Tcp, 443, ApplicationSamples.Record(TlsContentType.Handshake, ApplicationSamples.Handshake(TlsHandshakeType.ServerHello, hello))));
    }

    [Fact]
    public void Every_view_reads_or_refuses() => Mutants.Sample(static bytes =>
    {
        Check(TlsRecord.TryRead(bytes, out _, out var error), error, bytes);
        Check(TlsHandshakeMessage.TryRead(bytes, out _, out error), error, bytes);
        Check(TlsClientHello.TryRead(bytes, out _, out error), error, bytes);
        Check(TlsServerHello.TryRead(bytes, out _, out error), error, bytes);
        Check(Ssl2ClientHello.TryRead(bytes, out _, out error), error, bytes);
        Check(DhcpMessage.TryRead(bytes, out _, out error), error, bytes);
        Check(Dhcpv6Message.TryRead(bytes, out _, out error), error, bytes);
        Check(Dhcpv6RelayMessage.TryRead(bytes, out _, out error), error, bytes);
        Check(NtpPacket.TryRead(bytes, out _, out error), error, bytes);
        Check(NtpControl.TryRead(bytes, out _, out error), error, bytes);
        Check(QuicLongHeader.TryRead(bytes, out _, out error), error, bytes);
        TlsServerKeyExchange.TryReadAlone(bytes, out _);
        CertificateGlance.Read(bytes);
        foreach (var version in (ReadOnlySpan<TlsVersion>)[TlsVersion.Tls12, TlsVersion.Tls13])
        {
            var certificates = new TlsCertificateEnumerator(bytes, version);
            while (certificates.MoveNext()) Assert.InRange(certificates.Offset + certificates.Current.Length, 0, bytes.Length);
        }
    }, iter: Iterations);

    private static byte[] Frame(IpProtocol transport, ushort port, byte[] payload)
    {
        var segment = transport == IpProtocol.Udp
            ? Samples.Build(new UdpHeader(40000, port), payload)
            : Samples.Build(new TcpHeader { SourcePort = 40000, DestinationPort = port, Flags = TcpFlags.Ack | TcpFlags.Psh, Window = 500 }, payload);
        return Samples.Ethernet(EtherType.Ipv4, Samples.Ipv4(transport, segment));
    }

    private static void Check(bool read, WireError error, byte[] bytes)
    {
        Assert.Equal(read, !error.IsError);
        if (!read) Assert.InRange(error.Offset, 0, bytes.Length);
    }
}
