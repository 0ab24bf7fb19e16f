using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Application.Ntp;

public class NtpTests
{
    [Theory] // RFC 5905 figure 4, and RFC 4330 §3 for the era behind 2036.
    [InlineData(0x83AA_7E80_0000_0000, "1970-01-01 00:00:00.0000000 UTC")]
    [InlineData(0x876C_E580_8000_0000, "1972-01-01 00:00:00.5000000 UTC")]
    [InlineData(0xFFFF_FFFF_FFFF_FFFF, "2036-02-07 06:28:15.9999999 UTC")]
    [InlineData(0x0000_0000_8000_0000, "2036-02-07 06:28:16.5000000 UTC")]
    [InlineData(0, "not set")]
    public void Timestamps_are_times(ulong value, string text) => Assert.Equal(text, new NtpTimestamp(value).ToString());

    [Theory]
    [InlineData("1999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-11-26T02:00:00.1234567Z")]
    [InlineData("2050-01-01T00:00:00Z")]
    public void Times_read_back(string text)
    {
        var time = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(time, NtpTimestamp.FromTime(time).ToTime());
    }

    [Fact]
    public void Extension_fields_and_the_authenticator_are_told_apart()
    {
        byte[] packet = [.. ApplicationSamples.Ntp, 1, 4, 0, 16, .. new byte[12], 2, 4, 0, 28, .. new byte[24], 0, 0, 0, 9, .. new byte[16]];
        Assert.True(NtpPacket.TryRead(packet, out var view, out _));
        var walk = view.EnumerateExtensions();
        var seen = new List<(int, int)>();
        while (walk.MoveNext()) seen.Add((walk.Type, walk.Current.Length));
        Assert.Equal([(0x0104, 16), (0x0204, 28)], seen);
        Assert.False(walk.Error.IsError);
        Assert.Equal(20, walk.Code.Length);

        packet[51] = 6; // no multiple of four, and too short
        Assert.True(NtpPacket.TryRead(packet, out view, out _));
        walk = view.EnumerateExtensions();
        Assert.False(walk.MoveNext());
        Assert.Equal(WireErrorKind.BadLength, walk.Error.Kind);
        Assert.True(walk.Code.IsEmpty);
    }

    [Fact] // RFC 5905 §7.4.
    public void A_kiss_of_death_is_named()
    {
        var packet = Samples.Build(new NtpHeader { Mode = NtpMode.Server, ReferenceId = 0x5241_5445 });
        Assert.EndsWith("v4 server, kiss of death RATE", Dissect(packet).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_and_private_messages_are_named()
    {
        Assert.EndsWith("v2 control response read variables", Dissect(ApplicationSamples.NtpControl).Summary, StringComparison.Ordinal);
        Assert.EndsWith("v2 private request", Dissect([0x17, 0, 3, 42, 0, 0, 0, 0]).Summary, StringComparison.Ordinal);
        Assert.Equal("data", Dissect([0x3B, .. new byte[47]]).Layers[^1].Protocol); // version 7 is none
    }

    private static Wire.Dissection.Dissection Dissect(byte[] payload)
        => Dissector.Dissect(LinkType.RawIp, Samples.Ipv4(IpProtocol.Udp, Samples.Build(new UdpHeader(123, 40000), payload)));
}
