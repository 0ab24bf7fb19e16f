using Fathom.Wire.Application.Tls;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

public class TlsDissectorTests
{
    private static readonly byte[] Hello = ApplicationSamples.ClientHelloRecord;

    [Fact]
    public void A_message_that_goes_on_in_the_next_segment_is_shown_as_far_as_it_is_here()
    {
        for (var length = 60; length < Hello.Length; length++)
        {
            var dissection = Dissect(Hello[..length]);
            Assert.Null(dissection.Fault);
            Assert.EndsWith(", continues", dissection.Summary, StringComparison.Ordinal);
        }

        Assert.Contains("for www.example.com", Dissect(Hello[..^40]).Summary, StringComparison.Ordinal);
    }

    [Theory] // Records of one octet, of three (so that the message's own header is cut), and of more.
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(90)]
    public void A_message_spread_over_records_is_one_message(int size)
    {
        // Two messages, so that a record may end one and begin the other.
        byte[] messages = [.. Hello[5..], .. ApplicationSamples.Handshake(TlsHandshakeType.ServerHello, ApplicationSamples.ServerHello)];
        var payload = new List<byte>();
        foreach (var piece in messages.Chunk(size)) payload.AddRange(ApplicationSamples.Record(TlsContentType.Handshake, piece));
        var dissection = Dissect([.. payload]);
        Assert.Null(dissection.Fault);
        Assert.EndsWith("client_hello for www.example.com, server_hello TLS 1.3 TLS_AES_128_GCM_SHA256", dissection.Summary, StringComparison.Ordinal);
        var (spread, whole) = (dissection.Layers[^1].Fields, Dissect([.. Hello, .. ApplicationSamples.Record(TlsContentType.Handshake, messages[(Hello.Length - 5)..])]).Layers[^1].Fields);
        string[] records = ["contentType", "version", "length", "handshakeFragment"];
        Assert.Equal(
            whole.Where(f => !records.Contains(f.Name)).Select(static f => (f.Name, f.Number, f.Text)),
            spread.Where(f => !records.Contains(f.Name)).Select(static f => (f.Name, f.Number, f.Text)));

        // A field stands where its octets do; one that crosses a record's header takes it in.
        var start = dissection.Layers[^1].Offset;
        foreach (var field in spread.Where(static f => f is { Name: "cipherSuite" or "handshakeType", Number: not null }))
            Assert.Equal((byte)field.Number!.Value, payload[((field.BitOffset + field.BitLength) / 8) - 1 - start]);
    }

    [Theory] // TLS 1.2's GCM begins with an explicit nonce, often zeros: it must not be taken for hello_request messages.
    [InlineData("0000000000000000aabbccddeeff00112233445566778899aabbccddeeff0011")]
    [InlineData("0200000000000000aabbccddeeff00112233445566778899aabbccddeeff0011")]
    [InlineData("14000000ffeeddccbbaa99887766554433221100aabbccddeeff001122334455")]
    public void An_encrypted_message_is_not_read(string hex)
    {
        var record = ApplicationSamples.Record(TlsContentType.Handshake, Convert.FromHexString(hex));
        Assert.EndsWith("encrypted handshake message", Dissect(record).Summary, StringComparison.Ordinal);
        Assert.EndsWith("change_cipher_spec, encrypted handshake message", Dissect([.. ApplicationSamples.Record(TlsContentType.ChangeCipherSpec, [1]), .. record]).Summary, StringComparison.Ordinal);
    }

    [Fact] // RFC 8446 appendix D.4: the second ClientHello follows a change_cipher_spec and is in the clear.
    public void A_second_hello_behind_a_change_cipher_spec_is_read()
        => Assert.EndsWith("change_cipher_spec, client_hello for www.example.com", Dissect([.. ApplicationSamples.Record(TlsContentType.ChangeCipherSpec, [1]), .. Hello]).Summary, StringComparison.Ordinal);

    [Theory]
    [InlineData("16030100")] // a header that is cut
    [InlineData("1603050005010000010000")] // a version that TLS has not
    [InlineData("170303000541424344451705")] // behind the first record comes none
    [InlineData("1803030003010203")] // a heartbeat, as many things begin
    [InlineData("14030300020101")]
    [InlineData("80310103010006000000")] // the greeting of SSL 2.0, cut
    public void What_is_no_TLS_is_not_claimed(string hex) => Assert.Equal("data", Dissect(Convert.FromHexString(hex)).Layers[^1].Protocol);

    [Fact]
    public void A_damaged_hello_is_shown_down_to_the_damage()
    {
        var bytes = Hello.ToArray();
        bytes[9 + 35 + 32 + 1] = 0xFF; // the length of the suites
        var dissection = Dissect(bytes);
        Assert.NotNull(dissection.Fault);
        Assert.Equal("tls", dissection.Layers[^1].Protocol);
        Assert.Contains(dissection.Layers[^1].Fields, static f => f.Name == "sessionId");
    }

    private static Wire.Dissection.Dissection Dissect(byte[] payload)
        => Dissector.Dissect(LinkType.RawIp, Samples.Ipv4(IpProtocol.Tcp, Samples.Build(new TcpHeader { SourcePort = 40000, DestinationPort = 8443, Flags = TcpFlags.Ack, Window = 9 }, payload)));
}
