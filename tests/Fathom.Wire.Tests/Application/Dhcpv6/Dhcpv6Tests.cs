using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Application.Dhcpv6;

public class Dhcpv6Tests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.True(Dhcpv6Message.TryRead(ApplicationSamples.Solicit, out var message, out _));
        Assert.Equal((Dhcpv6MessageType.Solicit, 0xABCDEFu), (message.Type, message.TransactionId));
        var seen = new List<string>();
        var walk = message.EnumerateOptions();
        while (walk.MoveNext())
        {
            seen.Add(walk.Current.Code.ToString());
            foreach (var nested in new Dhcpv6OptionEnumerator(walk.Current.Nested)) seen.Add($"  {nested.Code}");
        }

        Assert.False(walk.Error.IsError);
        Assert.Equal(["ClientId", "ElapsedTime", "OptionRequest", "IaNa", "  IaAddress", "IaPd", "  IaPrefix"], seen);
    }

    [Fact]
    public void A_relays_message_is_read_with_what_it_passes_on()
    {
        var dissection = Dissect(ApplicationSamples.Relay(ApplicationSamples.Relay(ApplicationSamples.Solicit), 1));
        Assert.Null(dissection.Fault);
        Assert.Equal("DHCPv6 RELAY-FORW of RELAY-FORW of SOLICIT xid=0xabcdef 2001:db8::1, 2001:db8::/56", dissection.Layers.Single(static l => l.Protocol == "dhcpv6").Summary);
    }

    [Theory] // RFC 8415 §7.6: HOP_COUNT_LIMIT is 8.
    [InlineData(9, true)]
    [InlineData(30, false)]
    public void Relays_in_relays_end_at_a_limit(int relays, bool isGood)
    {
        var message = ApplicationSamples.Solicit;
        for (var i = 0; i < relays; i++) message = ApplicationSamples.Relay(message, (byte)i);
        var dissection = Dissect(message);
        Assert.Equal(isGood, dissection.Fault is null);
        if (!isGood) Assert.Equal(WireErrorKind.LimitExceeded, dissection.Fault!.Value.Kind);
    }

    [Fact]
    public void Options_in_options_end_at_a_limit()
    {
        var options = new Dhcpv6OptionList().AddAddress(Samples.V6A, 1, 2);
        for (var i = 0; i < 50; i++) options = new Dhcpv6OptionList().AddAssociation(Dhcpv6OptionCode.IaNa, 1, 0, 0, options);
        Assert.Equal(WireErrorKind.LimitExceeded, Dissect(Samples.Build(new Dhcpv6Header(Dhcpv6MessageType.Reply, 1, options))).Fault!.Value.Kind);
    }

    [Fact]
    public void A_refusal_is_in_the_line()
    {
        var status = new Dhcpv6OptionList().Add(Dhcpv6OptionCode.StatusCode, [0, 2, .. "none\n left"u8]);
        var dissection = Dissect(Samples.Build(new Dhcpv6Header(Dhcpv6MessageType.Advertise, 5, new Dhcpv6OptionList().AddAssociation(Dhcpv6OptionCode.IaNa, 1, 0, 0, status))));
        Assert.EndsWith("ADVERTISE xid=0x000005 NoAddrsAvail", dissection.Summary, StringComparison.Ordinal);
        Assert.Contains(dissection.Layers[^1].Fields, static f => f is { Name: "statusCode", Text: "NoAddrsAvail (2): none\\x0A left" });
    }

    [Theory] // RFC 8415 §11.
    [InlineData("0001000100000000020000000001", "LLT 02:00:00:00:00:01, made 2000-01-01 00:00:00 UTC")]
    [InlineData("00020000000900aabb", "EN enterprise 9, 00aabb")]
    [InlineData("00030001020000000001", "LL 02:00:00:00:00:01")]
    [InlineData("0004f81d4fae7dec11d0a76500a0c91e6bf6", "UUID f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("0009ff", "0009ff")]
    public void Identifiers_read_well(string hex, string text) => Assert.Equal(text, Dhcpv6Duid.ToText(Convert.FromHexString(hex)));

    private static Wire.Dissection.Dissection Dissect(byte[] payload)
        => Dissector.Dissect(LinkType.RawIp, Samples.Ipv6(IpProtocol.Udp, Samples.Build(new UdpHeader(546, 547), payload)));
}
