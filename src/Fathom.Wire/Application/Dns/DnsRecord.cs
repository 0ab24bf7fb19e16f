using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

/// <summary>A resource record (RFC 1035 §4.1.3).</summary>
/// <param name="Name">NAME: the owner.</param>
/// <param name="Type">TYPE. It decides how a reader reads the data, so the two must fit each other.</param>
/// <param name="Class">CLASS.</param>
/// <param name="TimeToLive">TTL in seconds, as on the wire; a value above 2^31 - 1 counts as 0 (RFC 2181 §8).</param>
/// <param name="Data">RDATA.</param>
public sealed record DnsRecord(DnsName Name, DnsType Type, DnsClass Class, uint TimeToLive, DnsData Data)
{
    /// <summary>The address of an A or AAAA record; null for others.</summary>
    public IpAddress? Address => Data switch { DnsData.A a => a.Address, DnsData.Aaaa aaaa => aaaa.Address, _ => null };

    /// <summary>The record as one safe line of a master file: "example.com. 300 IN A 192.0.2.1".</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Name.ToAbsoluteString()} {TimeToLive} {Class.ToText()} {Type.ToText()} {Data}");

    // The reader stands behind the type.
    internal static DnsRecord Read(ref DnsReader reader, DnsName name, DnsType type)
    {
        var @class = (DnsClass)reader.ReadUInt16("record class");
        var timeToLive = reader.ReadUInt32("time to live");
        var length = reader.ReadUInt16("RDLENGTH");
        if (!reader.Enter(length, "RDATA")) return new DnsRecord(name, type, @class, timeToLive, DnsData.Empty);
        var data = DnsData.Read(ref reader, type, @class);
        reader.Leave("RDATA");
        return new DnsRecord(name, type, @class, timeToLive, data);
    }

    internal void WriteTo(DnsWriter writer)
    {
        writer.WriteCompressibleName(Name);
        writer.WriteUInt16((ushort)Type);
        writer.WriteUInt16((ushort)Class);
        writer.WriteUInt32(TimeToLive);
        writer.WriteWithLength(Data);
    }
}
