using Fathom.Wire.Explanation;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Tests.Explanation;

public class GlossaryTests
{
    [Fact]
    public void Every_field_of_every_header_is_explained()
        => Assert.Empty(ProtocolGlossary.All.SelectMany(static p => p.Headers).SelectMany(static h => h.Fields.Where(f => FieldGlossary.Find(h.Protocol, f.Name) is null).Select(f => $"{h.Protocol}.{f.Name}")));

    [Fact]
    public void No_two_protocols_have_the_same_name_or_alias()
    {
        var names = ProtocolGlossary.All.SelectMany(static p => p.Aliases.Append(p.Name).Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(names.GroupBy(static n => n, StringComparer.OrdinalIgnoreCase).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    [Fact]
    public void No_two_terms_share_a_word()
    {
        var words = TermGlossary.All.SelectMany(static t => t.Aliases.Append(t.Term).Append(t.FullName).Where(static w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(words.GroupBy(static w => w, StringComparer.OrdinalIgnoreCase).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    [Fact]
    public void Every_entry_has_a_purpose_a_standard_and_layers_that_fit_both_models()
    {
        foreach (var entry in ProtocolGlossary.All)
        {
            Assert.False(string.IsNullOrWhiteSpace(entry.Purpose));
            Assert.False(string.IsNullOrWhiteSpace(entry.Standard));
            Assert.Equal(entry.Osi.Order(), entry.Osi);
            Assert.Contains(entry.Osi, n => OsiLayer.All[7 - n].Model == entry.Layer);
        }
    }

    [Theory] // The IP protocol numbers that entries state are the registry's.
    [InlineData("TCP", "tcp")]
    [InlineData("UDP", "udp")]
    [InlineData("ICMP", "icmp")]
    [InlineData("ICMPv6", "ipv6-icmp")]
    [InlineData("IGMP", "igmp")]
    [InlineData("GRE", "gre")]
    [InlineData("ESP", "esp")]
    [InlineData("AH", "ah")]
    [InlineData("OSPF", "ospf")]
    [InlineData("SCTP", "sctp")]
    [InlineData("DCCP", "dccp")]
    [InlineData("PIM", "pim")]
    [InlineData("VRRP", "vrrp")]
    [InlineData("UDP-Lite", "udplite")]
    public void Numbers_are_those_of_the_registry(string name, string keyword)
    {
        var number = IpProtocolRegistry.All.Single(p => p.Value == keyword).Key;
        Assert.Contains(ProtocolGlossary.Find(name)!.Numbers, n => n.Split('(')[0].Trim() == $"IP protocol {number}");
    }

    [Fact]
    public void The_names_of_EtherTypes_in_code_and_registry_are_of_the_same_numbers()
    {
        Assert.Equal("IPv6", EtherTypeRegistry.Find((ushort)EtherType.Ipv6));
        Assert.Equal("ARP", EtherTypeRegistry.Find((ushort)EtherType.Arp));
        Assert.Equal("LLDP", EtherTypeRegistry.Find((ushort)EtherType.Lldp));
    }

    [Fact] // RFC 768, its figure.
    public void A_drawing_is_that_of_the_RFC()
    {
        var drawing = HeaderDrawing.Draw(ProtocolGlossary.Find("udp")!.Headers[0] with { Rest = null });
        Assert.Equal(
            [
                " 0                   1                   2                   3",
                " 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1",
                "+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+",
                "|          source port          |       destination port        |",
                "+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+",
                "|            length             |           checksum            |",
                "+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+",
            ],
            drawing);
    }

    [Fact] // RFC 8684 §3.2, its figure 5.
    public void An_option_is_drawn_as_its_RFC_draws_it()
    {
        var drawing = HeaderDrawing.Draw(TermGlossary.Find("mptcp")!.Headers.Single(static h => h.Name.StartsWith("MP_JOIN", StringComparison.Ordinal)));
        Assert.Equal("+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+", drawing[2]);
        Assert.Contains("address id", drawing[3], StringComparison.Ordinal);
        Assert.Equal(
            [
                "|                        receiver token                         |",
                "+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+",
                "|                         sender nonce                          |",
                "+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+",
            ],
            drawing.TakeLast(4));
    }

    [Fact]
    public void Drawings_are_as_wide_as_the_RFCs()
        => Assert.All(ProtocolGlossary.All.SelectMany(static p => p.Headers).Concat(TermGlossary.All.SelectMany(static t => t.Headers)).SelectMany(HeaderDrawing.Draw), static line => Assert.True(line.Length <= 65, line));
}
