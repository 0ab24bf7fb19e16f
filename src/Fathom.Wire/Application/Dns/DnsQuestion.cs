namespace Fathom.Wire.Application.Dns;

/// <summary>A question (RFC 1035 §4.1.2).</summary>
/// <param name="Name">QNAME: the name asked about.</param>
/// <param name="Type">QTYPE: the type of record wanted.</param>
/// <param name="Class">QCLASS. In multicast DNS its top bit asks for a unicast answer (RFC 6762 §5.4); it is kept.</param>
public sealed record DnsQuestion(DnsName Name, DnsType Type, DnsClass Class = DnsClass.Internet)
{
    /// <summary>The question as one safe line: "example.com. IN AAAA".</summary>
    public override string ToString() => $"{Name.ToAbsoluteString()} {Class.ToText()} {Type.ToText()}";
}
