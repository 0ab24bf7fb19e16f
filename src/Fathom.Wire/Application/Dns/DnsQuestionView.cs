namespace Fathom.Wire.Application.Dns;

/// <summary>A question in a message (RFC 1035 §4.1.2).</summary>
public readonly ref struct DnsQuestionView
{
    internal DnsQuestionView(DnsNameView name, DnsType type, DnsClass @class)
    {
        Name = name;
        Type = type;
        Class = @class;
    }

    /// <summary>QNAME: the name asked about.</summary>
    public DnsNameView Name { get; }

    /// <summary>QTYPE: the type of record wanted.</summary>
    public DnsType Type { get; }

    /// <summary>QCLASS. In multicast DNS its top bit asks for a unicast answer (RFC 6762 §5.4); it is kept.</summary>
    public DnsClass Class { get; }
}
