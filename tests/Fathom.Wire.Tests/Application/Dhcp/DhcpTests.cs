using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Application.Dhcp;

public class DhcpTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.True(DhcpMessage.TryRead(ApplicationSamples.Discover, out var message, out _));
        Assert.Equal(300, message.Bytes.Length); // RFC 1542 §2.1
        Assert.Equal(DhcpOperation.Request, message.Operation);
        Assert.Equal(DhcpMessageType.Discover, message.MessageType);
        Assert.Equal(Samples.MacA, message.ClientMac);
        Assert.True(message.Broadcast);
        var codes = new List<DhcpOptionCode>();
        foreach (var option in message.EnumerateOptions())
        {
            codes.Add(option.Code);
            if (option.Code == DhcpOptionCode.RequestedAddress) Assert.True(option.TryGetAddress(out var address) && address == Samples.V4A);
        }

        Assert.Equal(
            [DhcpOptionCode.MessageType, DhcpOptionCode.RequestedAddress, DhcpOptionCode.HostName, DhcpOptionCode.ParameterRequestList, DhcpOptionCode.ClasslessStaticRoute, DhcpOptionCode.End],
            codes);
    }

    [Fact] // RFC 3396 §5 and §7.
    public void A_long_option_is_split_and_joined()
    {
        byte[] long600 = [.. Enumerable.Range(0, 600).Select(static i => (byte)i)];
        var bytes = Samples.Build(new DhcpHeader { Options = new DhcpOptionList().Add(DhcpMessageType.Offer).Add(DhcpOptionCode.VendorSpecific, long600).Add(DhcpOptionCode.LeaseTime, 7u) });
        Assert.True(DhcpMessage.TryRead(bytes, out var message, out _));
        var joined = new byte[1000];
        Assert.True(message.TryGetOption(DhcpOptionCode.VendorSpecific, joined, out var length));
        Assert.Equal(long600, joined[..length]);
        Assert.False(message.TryGetOption(DhcpOptionCode.VendorSpecific, new byte[599], out _));
        Assert.False(message.TryGetOption(DhcpOptionCode.Router, joined, out _));
        var pieces = 0;
        foreach (var option in message.EnumerateOptions()) pieces += option.Code == DhcpOptionCode.VendorSpecific ? 1 : 0;
        Assert.Equal(3, pieces);
    }

    [Theory] // RFC 2132 §9.3: 1 file, 2 sname, 3 both; file first (RFC 3396 §5).
    [InlineData(0, new byte[] { })]
    [InlineData(1, new byte[] { 15 })]
    [InlineData(2, new byte[] { 66 })]
    [InlineData(3, new byte[] { 15, 66 })]
    public void Options_continue_in_the_fields_that_option_52_names(byte overload, byte[] more)
    {
        var bytes = Samples.Build(new DhcpHeader { Options = new DhcpOptionList().Add(DhcpMessageType.Offer).Add(DhcpOptionCode.Overload, [overload]) });
        byte[] inFile = [15, 3, (byte)'l', (byte)'a', (byte)'n', 255, 99], inName = [66, 2, (byte)'t', (byte)'f', 255];
        inFile.CopyTo(bytes, 108);
        inName.CopyTo(bytes, 44);
        Assert.True(DhcpMessage.TryRead(bytes, out var message, out _));
        var codes = new List<byte>();
        var walk = message.EnumerateOptions();
        while (walk.MoveNext()) if (walk.Current.Code != DhcpOptionCode.End) codes.Add((byte)walk.Current.Code);
        Assert.False(walk.Error.IsError);
        Assert.Equal([53, 52, .. more], codes);

        // The fields of a dissection stand where the options do.
        var layer = Dissect(bytes);
        Assert.Equal(more.Contains((byte)15) ? 20 + 8 + 108 : -1, layer.Fields.Find("domainName")?.BitOffset / 8 ?? -1);
    }

    [Fact]
    public void Damage_in_the_options_is_told_with_its_place()
    {
        var bytes = Samples.Build(new DhcpHeader { Options = new DhcpOptionList().Add(DhcpMessageType.Ack) })[..245];
        bytes[243] = 3;
        bytes[244] = 200;
        Assert.True(DhcpMessage.TryRead(bytes, out var message, out _));
        var walk = message.EnumerateOptions();
        Assert.True(walk.MoveNext());
        Assert.False(walk.MoveNext());
        Assert.Equal((WireErrorKind.TooShort, 243, 202, 2), (walk.Error.Kind, walk.Error.Offset, walk.Error.Needed, walk.Error.Available));
    }

    [Fact] // RFC 3442, its table of examples.
    public void Routes_have_only_their_significant_octets()
    {
        byte[] data = [0, 10, 0, 0, 1, 8, 10, 10, 0, 0, 2, 16, 10, 17, 10, 0, 0, 3, 25, 10, 229, 0, 128, 10, 0, 0, 4, 32, 10, 198, 122, 47, 10, 0, 0, 5];
        var walk = new DhcpRouteEnumerator(data);
        var routes = new List<string>();
        while (walk.MoveNext()) routes.Add($"{walk.Destination}/{walk.PrefixLength} {walk.Router}");
        Assert.True(walk.IsAtEnd);
        Assert.Equal(["0.0.0.0/0 10.0.0.1", "10.0.0.0/8 10.0.0.2", "10.17.0.0/16 10.0.0.3", "10.229.0.128/25 10.0.0.4", "10.198.122.47/32 10.0.0.5"], routes);
        walk = new DhcpRouteEnumerator(data.AsSpan(0, data.Length - 1));
        while (walk.MoveNext())
        {
        }

        Assert.False(walk.IsAtEnd);
        Assert.False(new DhcpRouteEnumerator([33, 1, 2, 3, 4, 5, 6, 7, 8, 9]).MoveNext());
    }

    [Fact] // RFC 3397 §3: "eng.apple.com." and "marketing.apple.com.", the second by a pointer into the first.
    public void A_list_of_domains_may_point_back()
    {
        byte[] data = [3, .. "eng"u8, 5, .. "apple"u8, 3, .. "com"u8, 0, 9, .. "marketing"u8, 0xC0, 4];
        var layer = Dissect(Samples.Build(new DhcpHeader { Options = new DhcpOptionList().Add(DhcpOptionCode.DomainSearch, data) }));
        Assert.Equal("eng.apple.com, marketing.apple.com", layer.Fields.Single(static f => f.Name == "domainSearch").Text);
    }

    [Fact]
    public void Plain_BOOTP_has_no_options()
    {
        Assert.True(DhcpMessage.TryRead([1, 1, 6, .. new byte[233]], out var message, out _));
        Assert.False(message.HasOptions);
        Assert.Equal(DhcpMessageType.None, message.MessageType);
        Assert.False(message.EnumerateOptions().MoveNext());
        Assert.False(DhcpMessage.TryRead([3, .. new byte[300]], out _, out var error));
        Assert.Equal(WireErrorKind.BadValue, error.Kind);
    }

    private static DissectedLayer Dissect(byte[] payload)
    {
        var dissection = Dissector.Dissect(LinkType.RawIp, Samples.Ipv4(IpProtocol.Udp, Samples.Build(new UdpHeader(67, 68), payload)));
        return dissection.Layers.Single(static l => l.Protocol == "dhcp");
    }
}
