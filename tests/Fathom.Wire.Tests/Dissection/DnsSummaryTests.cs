using System.Buffers;
using System.Text;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>What a line says of a response without answers: RFC 2308 §2.2 tells "no such record" (a SOA) from a referral (NS records, no authority).</summary>
public class DnsSummaryTests
{
    private static readonly DnsRecord Soa = Record("example.com", DnsType.Soa, new DnsData.Soa(DnsName.Parse("ns1.example.com"), DnsName.Parse("hostmaster.example.com"), 1, 3600, 600, 86400, 300));
    private static readonly DnsRecord One = Record("example.com", DnsType.Ns, new DnsData.Ns(DnsName.Parse("ns1.example.com")));
    private static readonly DnsRecord Two = Record("example.com", DnsType.Ns, new DnsData.Ns(DnsName.Parse("ns2.example.com")));

    private static readonly DnsMessage Empty = new() { Id = 7, IsResponse = true, Questions = [new DnsQuestion(DnsName.Parse("www.example.com"), DnsType.A)] };

    public static TheoryData<DnsMessage, string> Messages => new()
    {
        { Empty with { Authorities = [One] }, "referral to ns1.example.com." },
        { Empty with { Authorities = [One, Two], Additionals = [Record("ns1.example.com", DnsType.A, new DnsData.A(Samples.V4B))] }, "referral to ns1.example.com. and 1 more" },
        { Empty with { Authorities = [Soa], Authoritative = true }, "NODATA" },
        { Empty with { Authorities = [Soa], RecursionAvailable = true }, "NODATA" },

        // Type 1 of §2.2.1: the SOA decides, NS records beside it or not.
        { Empty with { Authorities = [One, Soa], Authoritative = true }, "NODATA" },

        // Type 3, and the trap that §2.2.1 names: NS records with authority are no referral.
        { Empty with { Authoritative = true }, "NOERROR, no answer" },
        { Empty with { Authorities = [One], Authoritative = true }, "NOERROR, no answer" },
        { Empty with { Authorities = [One], Truncated = true }, "NOERROR, no answer, truncated" },
        { Empty with { Authorities = [Soa], ResponseCode = DnsResponseCode.NXDomain }, "NXDOMAIN" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_response_without_answers_says_why_by_both_ways_to_its_line(DnsMessage message, string expected)
    {
        var packet = Samples.Ipv4(IpProtocol.Udp, Samples.Udp(Samples.V4A, Samples.V4B, message.ToBytes()));
        var output = new ArrayBufferWriter<byte>();
        Dissector.WriteSummary(LinkType.RawIp, packet, output);

        Assert.EndsWith($"response A www.example.com: {expected}", Dissector.Dissect(LinkType.RawIp, packet).Summary, StringComparison.Ordinal);
        Assert.EndsWith($"response A www.example.com: {expected}", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    private static DnsRecord Record(string name, DnsType type, DnsData data) => new(DnsName.Parse(name), type, DnsClass.Internet, 300, data);
}
