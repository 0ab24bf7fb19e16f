using System.Text;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fuzz;

/// <summary>The applications' messages, and capture files.</summary>
internal static class ApplicationTargets
{
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("dns", ReadDns,
            [
                PacketTargets.Hex("1234 0100 0001 0000 0000 0001 07 6578616D706C65 03 636F6D 00 0001 0001 00 0029 04D0 0000 0000 0000"),
                PacketTargets.Hex("1234 8180 0001 0002 0000 0000 03 777777 07 6578616D706C65 03 636F6D 00 0001 0001 C00C 0005 0001 0000003C 0002 C010 C010 0001 0001 0000003C 0004 C0000201"),
            ]),
        new("http-request", static bytes => ReadHttp(bytes, static () => new HttpRequestReader(HttpLimits.Default), static (r, b, h) => r.Read(b, h), static (r, h) => r.End(h), static r => $"{r.State} {r.Error}"),
            [
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"u8.ToArray(),
                "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n0\r\nT: 1\r\n\r\n"u8.ToArray(),
            ]),
        new("http-response", static bytes => ReadHttp(bytes, static () => new HttpResponseReader("GET", HttpLimits.Default), static (r, b, h) => r.Read(b, h), static (r, h) => r.End(h), static r => $"{r.State} {r.Error}"),
            ["HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"u8.ToArray(), "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 204 x\r\n\r\n"u8.ToArray(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"u8.ToArray()]),
        Port("dns-over-udp", IpProtocol.Udp, 53, PacketTargets.Hex("1234 0100 0001 0000 0000 0000 07 6578616D706C65 03 636F6D 00 0001 0001"), MessageSeeds.DnsResponse),
        Port("dns-over-tcp", IpProtocol.Tcp, 53, MessageSeeds.OverTcp(MessageSeeds.DnsResponse)),
        Port("mdns", IpProtocol.Udp, 5353, MessageSeeds.DnsResponse),
        Port("llmnr", IpProtocol.Udp, 5355, MessageSeeds.DnsResponse),
        Port("http-over-tcp", IpProtocol.Tcp, 80, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray()),
        Port("tls", IpProtocol.Tcp, 443, MessageSeeds.ClientHello, MessageSeeds.ServerFlight, MessageSeeds.Ssl2Hello),
        Port("dhcp", IpProtocol.Udp, 67, MessageSeeds.Discover),
        Port("dhcpv6", IpProtocol.Udp, 547, MessageSeeds.Solicit, MessageSeeds.Relay),
        Port("ntp", IpProtocol.Udp, 123, MessageSeeds.Ntp, MessageSeeds.NtpControl),
        Port("quic", IpProtocol.Udp, 443, MessageSeeds.Quic, MessageSeeds.QuicVersions),
        new("capture-file", ReadCapture,
            [
                PacketTargets.Hex("a1b2c3d4 0002 0004 00000000 00000000 00000040 00000001 00000001 00000002 00000004 00000004 01020304"), PacketTargets.Hex("d4c3b2a1 0200 0400 00000000 00000000 40000000 01000000 01000000 02000000 04000000 04000000 01020304"),
                PacketTargets.Hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000 01000000 14000000 0100 0000 00000000 14000000 06000000 24000000 00000000 00000000 00000000 04000000 04000000 01020304 24000000"),
                PacketTargets.Hex("0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c 00000001 00000020 0001 0000 00000000 0002 0003 61626300 0009 0001 09000000 0000 0000 00000020"),
            ]),
    ];

    /// <summary>What a port's dissector reads.</summary>
    private static FuzzTarget Port(string name, IpProtocol transport, ushort port, params byte[][] seeds)
        => new(name, bytes => PacketCheck.Dissect(LinkType.RawIp, Carry(transport, port, bytes)), seeds);

    private static byte[] Carry(IpProtocol transport, ushort port, byte[] payload)
    {
        payload = PacketTargets.Cut(payload);
        var segment = transport == IpProtocol.Udp
            ? FrameBuilder.Datagram(new IpEndpoint(PacketTargets.V4A, 40000), new IpEndpoint(PacketTargets.V4B, port), payload)
            : FrameBuilder.Segment(new TcpHeader { SourcePort = 40000, DestinationPort = port, Flags = TcpFlags.Ack, Window = 1 }, payload, PacketTargets.V4A, PacketTargets.V4B);
        return PacketTargets.V4(transport, segment);
    }

    // What is read can be written, and reads the same again.
    private static void ReadDns(byte[] bytes)
    {
        if (!DnsMessage.TryRead(bytes, out var message, out var error))
        {
            FuzzException.ThrowUnless(error.IsError && error.Offset >= 0 && error.Offset <= bytes.Length, "the error lies in the message");
            return;
        }

        foreach (var record in message.Answers) _ = record.ToString();
        FuzzException.ThrowUnless(DnsMessage.TryRead(message.ToBytes(), out var again, out _), "a written message is read");
        FuzzException.ThrowUnless(message.Equals(again), "a written message is read as it was");
    }

    // Octets that come whole and octets that come one by one are read the same.
    private static void ReadHttp<TReader>(byte[] bytes, Func<TReader> make, HttpRead<TReader> read, Action<TReader, HttpLog> end, Func<TReader, string> describe)
    {
        if (bytes.Length > 2048) bytes = bytes[..2048];
        var whole = Cut(Math.Max(1, bytes.Length));
        FuzzException.ThrowUnless(whole == Cut(1), "whole and octet by octet are read the same");

        string Cut(int size)
        {
            var reader = make();
            var log = new HttpLog();
            for (var at = 0; at < bytes.Length; at += size)
            {
                var part = bytes.AsSpan(at, Math.Min(size, bytes.Length - at));
                if (read(reader, part, log) < part.Length) break;
            }

            end(reader, log);
            return log.Text + describe(reader);
        }
    }

    private static void ReadCapture(byte[] bytes)
    {
        using var reader = new CaptureReader(new MemoryStream(bytes));
        var total = 0;
        while (reader.TryRead(out var packet)) total += packet.Bytes.Length;
        FuzzException.ThrowUnless(total <= bytes.Length, "packets are made of the file's octets");
        FuzzException.ThrowUnless(!reader.Error.IsError || (reader.Error.FileOffset >= 0 && reader.Error.FileOffset <= bytes.Length), "the error lies in the file");
    }

    private delegate int HttpRead<in TReader>(TReader reader, ReadOnlySpan<byte> bytes, HttpLog log);

    private sealed class HttpLog : IHttpRequestHandler, IHttpResponseHandler
    {
        private readonly StringBuilder _text = new();
        private bool _inBody;

        internal string Text => _text.ToString();

        public void OnHead(HttpRequestHead head) => Say($"head {head.Method} {head.Target} {string.Join('|', head.Fields.Select(static f => f.Name + "=" + f.Value))}");

        public void OnHead(HttpResponseHead head) => Say($"head {head.Status} {head.Reason} {string.Join('|', head.Fields.Select(static f => f.Name + "=" + f.Value))}");

        public void OnBody(ReadOnlySpan<byte> bytes)
        {
            if (!_inBody) Say("body ");
            _inBody = true;
            _text.Append(Encoding.Latin1.GetString(bytes));
        }

        public void OnTrailers(HttpFields trailers) => Say($"trailers {string.Join('|', trailers.Select(static f => f.Name + "=" + f.Value))}");

        public void OnComplete() => Say("complete");

        private void Say(string text)
        {
            _inBody = false;
            _text.Append('\n').Append(text);
        }
    }
}
