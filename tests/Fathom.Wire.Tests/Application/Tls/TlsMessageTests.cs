using System.Text;
using System.Text.Json;
using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Tests.Application.Tls;

public class TlsMessageTests
{
    private static readonly int[] FirstFlights = [1, 2, 11, 12, 14];

    [Fact]
    public void A_server_hello_of_unusual_shape_is_read()
    {
        var octets = File.ReadAllBytes(Conformance.Require("tls", "rustls", "hello-api.devicecheck.apple.com.bin"));
        Assert.True(TlsHandshakeMessage.TryRead(octets, out var message, out _));
        Assert.True(TlsServerHello.TryRead(message.Body, out var hello, out _));
        Assert.Equal(TlsVersion.Tls12, hello.SelectedVersion);
        Assert.False(hello.IsHelloRetryRequest);
        for (var length = 0; length < message.Body.Length; length++)
        {
            // Only the cut exactly before the extensions leaves a whole message.
            var isWhole = TlsServerHello.TryRead(message.Body[..length], out _, out var error);
            Assert.True(!isWhole || message.Body.Length - length > 2);
            Assert.Equal(isWhole, !error.IsError);
        }
    }

    [Theory] // Records of any size hold the same messages.
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(16384)]
    public void Messages_are_put_together_from_fragments_of_any_size(int size)
    {
        var stream = File.ReadAllBytes(Conformance.Require("tls", "rustls", "handshake-test.1.bin")).AsSpan();
        var messages = new List<byte>();
        while (!stream.IsEmpty)
        {
            Assert.True(TlsRecord.TryRead(stream, out var record, out var error), error.ToString());
            messages.AddRange(record.Fragment);
            stream = stream[record.Bytes.Length..];
        }

        var assembler = new TlsHandshakeAssembler();
        var seen = new List<int>();
        var again = new List<byte>();
        for (var at = 0; at < messages.Count; at += size)
        {
            Assert.True(assembler.TryAdd(messages.GetRange(at, Math.Min(size, messages.Count - at)).ToArray()));
            while (assembler.TryTake(out var message))
            {
                seen.Add(message.Span[0]);
                again.AddRange(message.Span);
            }
        }

        Assert.Equal(FirstFlights, seen);
        Assert.Equal(messages, again);
        Assert.Equal(0, assembler.Pending);
    }

    [Fact]
    public void A_message_beyond_the_limit_is_refused_by_its_header()
    {
        var assembler = new TlsHandshakeAssembler(1000);
        Assert.False(assembler.TryAdd([11, 0, 4, 0]));
        Assert.Equal(WireErrorKind.LimitExceeded, assembler.Error.Kind);
        Assert.False(assembler.TryAdd([1, 0, 0, 0]));
        Assert.False(assembler.TryTake(out _));
        assembler = new TlsHandshakeAssembler(1000);
        Assert.True(assembler.TryAdd([11, 0, 3, 0xE4])); // 996 and the header are 1000
    }

    [Fact]
    public void Of_a_record_that_is_cut_the_error_says_what_is_needed()
    {
        byte[] record = [23, 3, 3, 0, 5, 1, 2, 3, 4, 5, 99];
        for (var length = 0; length < record.Length - 1; length++)
        {
            Assert.False(TlsRecord.TryRead(record.AsSpan(0, length), out _, out var error));
            Assert.Equal(length < 5 ? 5 : 10, error.Offset + error.Needed);
            Assert.Equal(length, error.Offset + error.Available);
        }

        Assert.True(TlsRecord.TryRead(record, out var whole, out _));
        Assert.Equal(record[5..10], whole.Fragment.ToArray());
    }

    [Theory] // RFC 1321, appendix A.5.
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("a", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a")]
    public void The_hash_is_that_of_the_RFC(string message, string hash)
    {
        var octets = new byte[Md5.HashLength];
        Md5.Hash(Encoding.ASCII.GetBytes(message), octets);
        Assert.Equal(hash, Convert.ToHexStringLower(octets));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new byte[32];
        for (var i = 0; i < random.Length; i++) random[i] = (byte)i;
        var header = new TlsClientHelloHeader
        {
            Random = random,
            SessionId = new byte[] { 7, 8 },
            CipherSuites = [0x1301, 0x0A0A, 0xC02F],
            ServerName = "www.example.com",
            Groups = [TlsNamedGroups.X25519, 0x2A2A],
            PointFormats = [0],
            SignatureSchemes = [0x0403],
            Protocols = ["h2", "http/1.1"],
            SupportedVersions = [TlsVersion.Tls13, TlsVersion.Tls12],
            KeyShares = [(TlsNamedGroups.X25519, new byte[32])],
        };
        var bytes = header.ToBytes();
        Assert.Equal(header.Length, bytes.Length);
        Assert.True(TlsRecord.TryRead(bytes, out var record, out _));
        Assert.Equal(bytes.Length, record.Bytes.Length);
        Assert.True(TlsHandshakeMessage.TryRead(record.Fragment, out var message, out _));
        Assert.True(TlsClientHello.TryRead(message.Body, out var hello, out var error), error.ToString());
        Assert.Equal(random, hello.Random.ToArray());
        Assert.Equal(header.SessionId.ToArray(), hello.SessionId.ToArray());
        Assert.Equal(3, hello.CipherSuiteCount);
        Assert.Equal("771,4865-49199,0-10-11-13-16-43-51,29,0", TlsFingerprint.Ja3Text(hello));
        var names = new List<string>();
        var versions = 0;
        foreach (var extension in hello.EnumerateExtensions())
        {
            if (extension.TryGetServerName(out var name)) Assert.Equal("www.example.com"u8, name);
            if (extension.TryGetProtocols(out var protocols)) foreach (var protocol in protocols) names.Add(Encoding.ASCII.GetString(protocol));
            if (extension.Type == TlsExtensionType.SupportedVersions && extension.TryGetNumbers(out var numbers)) versions = numbers.Length / 2;
            if (extension.TryGetClientShares(out var shares)) Assert.True(shares.MoveNext() && shares.Group == TlsNamedGroups.X25519 && shares.Key.Length == 32 && !shares.MoveNext());
        }

        Assert.Equal(header.Protocols, names);
        Assert.Equal(2, versions);
        for (var length = 0; length < message.Body.Length; length++)
            Assert.True(!TlsClientHello.TryRead(message.Body[..length], out _, out error) || length == 47, $"{length}"); // exactly before the extensions it is a whole message
    }

    [Fact]
    public void The_names_of_suites_are_those_of_the_registry()
    {
        Assert.Equal("TLS_AES_128_GCM_SHA256", TlsCipherSuites.Name(0x1301));
        Assert.Equal("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", TlsCipherSuites.Name(0xC02F));
        Assert.Equal("GREASE 0x3a3a", TlsCipherSuites.Name(0x3A3A));
        Assert.Equal("cipher suite 0x1234", TlsCipherSuites.Name(0x1234));
        Assert.Null(TlsCipherSuites.Find(0x1234));
    }

    [Fact]
    public void Every_expected_message_of_the_streams_is_seen()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Conformance.Require("tls", "rustls", "expected.json")));
        foreach (var entry in expected.RootElement.GetProperty("files").EnumerateArray().Where(static e => e.TryGetProperty("handshake_types", out _) && e.TryGetProperty("records", out _)))
        {
            var stream = File.ReadAllBytes(Conformance.Require("tls", "rustls", entry.GetProperty("file").GetString()!)).AsSpan();
            var assembler = new TlsHandshakeAssembler();
            var seen = new List<int>();
            while (TlsRecord.TryRead(stream, out var record, out _))
            {
                assembler.TryAdd(record.Fragment);
                while (assembler.TryTake(out var message)) seen.Add(message.Span[0]);
                stream = stream[record.Bytes.Length..];
            }

            Assert.Equal(entry.GetProperty("handshake_types").EnumerateArray().Select(static t => t.GetInt32()), seen);
        }
    }
}
