using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns;

/// <summary>A record in a message (RFC 1035 §4.1.3). A typed reader answers false for another type or wrong data.</summary>
public readonly ref struct DnsRecordView
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _data;
    private readonly int _end;

    internal DnsRecordView(DnsNameView name, ReadOnlySpan<byte> message, int data, int end)
    {
        Name = name;
        _message = message;
        _data = data;
        _end = end;
    }

    /// <summary>NAME: the owner.</summary>
    public DnsNameView Name { get; }

    /// <summary>TYPE.</summary>
    public DnsType Type => (DnsType)BinaryPrimitives.ReadUInt16BigEndian(_message[(_data - 10)..]);

    /// <summary>CLASS; of an OPT record the sender's largest UDP payload (RFC 6891 §6.1.2).</summary>
    public DnsClass Class => (DnsClass)BinaryPrimitives.ReadUInt16BigEndian(_message[(_data - 8)..]);

    /// <summary>TTL in seconds, as on the wire; a value above 2^31 - 1 counts as 0 (RFC 2181 §8).</summary>
    public uint TimeToLive => BinaryPrimitives.ReadUInt32BigEndian(_message[(_data - 6)..]);

    /// <summary>RDATA as it stands. Names in it may point into the message.</summary>
    public ReadOnlySpan<byte> Data => _message[_data.._end];

    /// <summary>Reads the address of an A or AAAA record of the Internet class.</summary>
    /// <param name="address">The address, or the default.</param>
    public bool TryGetAddress(out IpAddress address)
    {
        var length = Type switch { DnsType.A => 4, DnsType.Aaaa => 16, _ => 0 };
        var isThere = length > 0 && _end - _data == length && Class == DnsClass.Internet;
        address = isThere ? IpAddress.FromBytes(Data) : default;
        return isThere;
    }

    /// <summary>Reads the name to which a CNAME, NS, PTR, DNAME, MX or SRV record leads.</summary>
    /// <param name="target">The name, or the default.</param>
    public bool TryGetTarget(out DnsNameView target)
    {
        target = default;
        var before = Type switch
        {
            DnsType.CName or DnsType.Ns or DnsType.Ptr or DnsType.DName => 0,
            DnsType.Mx => 2, // the preference
            DnsType.Srv => 6, // priority, weight and port
            _ => -1,
        };
        if (before < 0 || _end - _data <= before) return false;
        var reader = new DnsReader(_message, _data + before);
        reader.Enter(_end - _data - before, "RDATA");
        reader.SkipName();
        if (reader.Failed || reader.Remaining > 0) return false;
        target = new DnsNameView(_message, _data + before);
        return true;
    }
}
