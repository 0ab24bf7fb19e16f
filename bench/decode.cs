#:project ../src/Fathom.Wire/Fathom.Wire.csproj
#:property PublishAot=true
#:property OptimizationPreference=Speed
#:property ConcurrentGarbageCollection=false
// Reads a capture and decodes every layer of every packet to typed fields, each of which is looked at: Ethernet, VLAN tags, ARP, IPv4 with options,
// IPv6 with extension headers, ICMP, ICMPv6, UDP, TCP with options, DNS with questions, records and names. Prints one line for lib/pt.py.
//   decode one FILE   on one thread
//   decode two FILE   on two threads, which take turns at reading and decode side by side
//   decode lend FILE  the packets are lent and not decoded: what reading alone costs

using System.Diagnostics;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

if (args is not [("one" or "two" or "lend") and var mode, var file])
{
    Console.Error.WriteLine("decode one|two|lend FILE");
    return 2;
}

var watch = Stopwatch.StartNew();
using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
using var reader = new CaptureReader(stream);
var before = GC.GetTotalAllocatedBytes(precise: true);
var total = mode switch
{
    "two" => OnTwoThreads(),
    "one" => OnOneThread(),
    _ => Lent(),
};
var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
Console.WriteLine(FormattableString.Invariant(
    $"NOTE {total.Packets} pkts {watch.Elapsed.TotalNanoseconds / total.Packets:F0} ns/pkt {total.Octets / watch.Elapsed.TotalNanoseconds:F2} GB/s {(double)allocated / total.Packets:F3} B alloc/pkt ({allocated} in all), {total.Layers} layers, {total.Faults} faults, {total.Names} names, sum {total.Sum:x}"));
return reader.Error.IsError ? 1 : 0;

Tally OnOneThread()
{
    var tally = new Tally();
    while (reader.TryReadRecord(out var record)) Fields.Take(ref tally, record);
    return tally;
}

Tally Lent()
{
    var tally = new Tally();
    while (reader.TryReadRecord(out var record))
    {
        tally.Packets++;
        tally.Octets += record.Bytes.Length;
    }

    return tally;
}

Tally OnTwoThreads()
{
    var gate = new Lock();
    var other = new Tally();
    var thread = new Thread(() => other = Share());
    thread.Start();
    var own = Share();
    thread.Join();
    return own.Plus(other);

    Tally Share()
    {
        var tally = new Tally();
        var batch = new CaptureBatch();
        while (true)
        {
            lock (gate)
            {
                if (!reader.TryReadBatch(batch)) return tally;
            }

            for (var i = 0; i < batch.Count; i++) Fields.Take(ref tally, batch[i]);
        }
    }
}

internal struct Tally
{
    public long Packets, Octets, Layers, Faults, Names;
    public ulong Sum;

    public readonly Tally Plus(Tally other) => new()
    {
        Packets = Packets + other.Packets,
        Octets = Octets + other.Octets,
        Layers = Layers + other.Layers,
        Faults = Faults + other.Faults,
        Names = Names + other.Names,
        Sum = Sum + other.Sum,
    };
}

internal static class Fields
{
    public static void Take(ref Tally tally, CaptureRecord record)
    {
        DecodedPacket.Read(record.Interface.LinkType, record.Bytes, out var packet);
        tally.Packets++;
        tally.Octets += record.Bytes.Length;
        tally.Layers += System.Numerics.BitOperations.PopCount((uint)packet.Layers);
        if (packet.IsDamaged) tally.Faults++;
        var sum = (ulong)record.UnixNanoseconds.GetValueOrDefault() + record.OriginalLength + (ulong)packet.Payload.Length;
        sum += Link(in packet) + Network(in packet) + Transport(in packet);
        if (packet.TryGetDns(out var dns)) sum += Dns(ref tally, dns);
        tally.Sum += sum;
    }

    private static ulong Link(in DecodedPacket packet)
    {
        ulong sum = 0;
        if (packet.Has(PacketLayers.Ethernet)) sum += packet.Ethernet.Source.Value + packet.Ethernet.Destination.Value + (ulong)packet.EtherType;
        if (packet.Has(PacketLayers.Vlan)) sum += packet.Vlan.VlanId + (ulong)packet.Vlan.Priority + packet.OuterVlan.VlanId;
        if (packet.Has(PacketLayers.Arp)) sum += (ulong)packet.Arp.Operation + packet.Arp.SenderMac.Value + packet.Arp.TargetMac.Value + (ulong)packet.Arp.SenderProtocolAddress.Length;
        return sum;
    }

    private static ulong Network(in DecodedPacket packet)
    {
        ulong sum = (ulong)packet.Protocol + packet.Identification;
        if (packet.Has(PacketLayers.Ipv4))
        {
            var ip = packet.Ipv4;
            sum += (ulong)ip.HeaderLength + ip.Dscp + (ulong)ip.Ecn + ip.TotalLength + ip.Identification + (ip.DontFragment ? 1u : 0) + (ip.MoreFragments ? 1u : 0)
                + (ulong)ip.FragmentOffset + ip.TimeToLive + (ulong)ip.Protocol + ip.HeaderChecksum + (ulong)ip.Source.Value + (ulong)ip.Destination.Value;
            if (ip.HeaderLength == Ipv4Packet.MinHeaderLength) return sum;
            foreach (var option in ip.EnumerateOptions()) sum += (ulong)option.Type + (ulong)option.Data.Length;
        }
        else if (packet.Has(PacketLayers.Ipv6))
        {
            var ip = packet.Ipv6;
            sum += ip.TrafficClass + (ulong)ip.FlowLabel + ip.PayloadLength + (ulong)ip.NextHeader + ip.HopLimit + (ulong)ip.Source.Value + (ulong)ip.Destination.Value;
            if (packet.Has(PacketLayers.Ipv6Extensions))
            {
                foreach (var header in ip.EnumerateExtensions()) sum += (ulong)header.Protocol + (ulong)header.Bytes.Length;
            }
        }

        return sum;
    }

    private static ulong Transport(in DecodedPacket packet)
    {
        ulong sum = 0;
        if (packet.Has(PacketLayers.Tcp))
        {
            var tcp = packet.Tcp;
            sum += tcp.SourcePort + (ulong)tcp.DestinationPort + tcp.SequenceNumber.Value + tcp.AcknowledgmentNumber.Value + (ulong)tcp.HeaderLength
                + (ulong)tcp.Flags + tcp.Window + tcp.Checksum + tcp.UrgentPointer + (ulong)tcp.Payload.Length;
            if (tcp.HeaderLength > TcpSegment.MinHeaderLength) sum += Options(tcp);
        }
        else if (packet.Has(PacketLayers.Udp))
        {
            sum += packet.Udp.SourcePort + (ulong)packet.Udp.DestinationPort + packet.Udp.Length + packet.Udp.Checksum;
        }
        else if (packet.Has(PacketLayers.Icmp))
        {
            sum += (ulong)packet.Icmp.Type + packet.Icmp.Code + packet.Icmp.Checksum + packet.Icmp.Identifier + packet.Icmp.SequenceNumber;
        }
        else if (packet.Has(PacketLayers.Icmpv6))
        {
            sum += (ulong)packet.Icmpv6.Type + packet.Icmpv6.Code + packet.Icmpv6.Checksum + packet.Icmpv6.Identifier + packet.Icmpv6.SequenceNumber;
        }

        return sum;
    }

    private static ulong Options(TcpSegment tcp)
    {
        ulong sum = 0;
        foreach (var option in tcp.EnumerateOptions())
        {
            sum += (ulong)option.Kind;
            switch (option.Kind)
            {
                case TcpOptionKind.Timestamps when option.TryGetTimestamps(out var stamps):
                    sum += stamps.Value + (ulong)stamps.EchoReply;
                    break;
                case TcpOptionKind.MaximumSegmentSize when option.TryGetMaximumSegmentSize(out var size):
                    sum += size;
                    break;
                case TcpOptionKind.WindowScale when option.TryGetWindowScale(out var shift):
                    sum += shift;
                    break;
                case TcpOptionKind.Sack:
                    for (var i = 0; i < option.SackBlockCount; i++) sum += option.GetSackBlock(i).Left.Value;
                    break;
            }
        }

        return sum;
    }

    private static ulong Dns(ref Tally tally, DnsMessageView dns)
    {
        Span<byte> name = stackalloc byte[DnsName.MaximumWireLength];
        var header = dns.Header;
        var sum = header.Id + (ulong)header.Opcode + (ulong)header.ResponseCode + (header.IsResponse ? 1u : 0) + (header.Truncated ? 1u : 0) + (header.Authoritative ? 1u : 0);
        foreach (var question in dns.Questions)
        {
            sum += (ulong)question.Type + (ulong)question.Class + (ulong)question.Name.CopyTo(name);
            tally.Names++;
        }

        return sum + Records(ref tally, dns.Answers, name) + Records(ref tally, dns.Authorities, name) + Records(ref tally, dns.Additionals, name);
    }

    private static ulong Records(ref Tally tally, DnsRecordEnumerator records, Span<byte> name)
    {
        ulong sum = 0;
        foreach (var record in records)
        {
            sum += (ulong)record.Type + (ulong)record.Class + record.TimeToLive + (ulong)record.Name.CopyTo(name) + (ulong)record.Data.Length;
            tally.Names++;
            if (record.TryGetAddress(out var address)) sum += (ulong)address.Value;
            else if (record.TryGetTarget(out var target)) sum += (ulong)target.CopyTo(name);
        }

        return sum;
    }
}
