using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Transport;
using Spectre.Console;

namespace Fathom.Cli.Udp;

/// <summary>What <c>fathom udp send</c> writes for people.</summary>
internal sealed class UdpSendText(CommandRun run, UdpSendRequest request)
{
    /// <summary>One datagram and what became of it. The octets are shown with the first.</summary>
    public void Write(UdpSendReport report, int number, DatagramExchangeOutcome outcome)
    {
        if (number == 1) WriteDatagram(report);
        var label = request.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{number}: ") : string.Empty;
        run.Console.WriteLine(label + Describe(outcome, report.Remote));
        if (outcome is not DatagramExchangeOutcome.Answered answered) return;
        if (answered.Reply.Truncated) run.Console.WriteLine($"truncated: {Amount.Octets(answered.Reply.Length)} came, {answered.Reply.Payload.Length} fit the buffer, the rest is gone");
        WriteLines(answered.Reply.Payload);
    }

    /// <summary>The sum, and the words.</summary>
    public void WriteEnd(UdpSendReport report)
    {
        if (!run.IsText) return;
        if (request.Count > 1 || report.Interrupted)
        {
            run.Console.WriteLine();
            var answers = report.Outcomes.OfType<DatagramExchangeOutcome.Answered>().Select(static a => a.Reply.RoundTrip).ToArray();
            var times = answers.Length > 0 ? $"; round trip {Amount.Time(answers.Min())} to {Amount.Time(answers.Max())}" : string.Empty;
            var errors = report.Outcomes.Count(static o => o is DatagramExchangeOutcome.Failed);
            run.Console.WriteLine($"{(report.Interrupted ? "interrupted: " : string.Empty)}{Amount.Count(report.Outcomes.Count, "datagram", "datagrams")}, {answers.Length} answered, {errors} rejected, {report.Outcomes.Count - answers.Length - errors} silent{times}");
        }

        run.WriteAside(
            report.Outcomes.Count > 0 ? Explain(report.Outcomes[^1], report) : null,
            $"printf %s '{System.Text.Encoding.UTF8.GetString(report.Payload)}' | nc -u -w 2 {request.Host} {request.Port}",
            $"tcpdump -nn -X -i any 'udp port {request.Port} or icmp or icmp6'");
    }

    /// <summary>What became of a datagram, on one line.</summary>
    public static string Describe(DatagramExchangeOutcome outcome, IpEndpoint remote) => outcome switch
    {
        DatagramExchangeOutcome.Answered a => $"reply of {Amount.Octets(a.Reply.Length)} from {a.Reply.From} after {Amount.Time(a.Reply.RoundTrip)}",
        DatagramExchangeOutcome.Failed { Meaning: IcmpMeaning.PortUnreachable } f when f.Error.Reporter == remote.Address
            => $"port unreachable: {f.Error.Describe()} after {Amount.Time(f.RoundTrip)}; the host itself says that nothing listens there",
        DatagramExchangeOutcome.Failed { Meaning: IcmpMeaning.PortUnreachable or IcmpMeaning.Prohibited } f
            => $"rejected: {f.Error.Describe()} after {Amount.Time(f.RoundTrip)}; a filter on the way says so",
        DatagramExchangeOutcome.Failed { Error.Origin: NetworkErrorOrigin.Local } f => $"not sent: {f.Error.Describe()}",
        DatagramExchangeOutcome.Failed f => $"undeliverable: {f.Error.Describe()} after {Amount.Time(f.RoundTrip)}",
        DatagramExchangeOutcome.Silent s => $"no reply and no error in {Amount.Time(s.Waited)}; silence proves nothing: it may be lost, filtered, or taken",
        _ => "sent; no answer was waited for",
    };

    private void WriteDatagram(UdpSendReport report)
    {
        run.Console.WriteLine($"{report.Local} to {report.Remote}, {Amount.Octets(report.Payload.Length)} of payload");
        run.Console.WriteLine();
        var length = $"{report.Payload.Length + UdpDatagram.HeaderLength}: {UdpDatagram.HeaderLength} of header, {report.Payload.Length} of payload";
        if (report is { Captured: { } packet, Octets: { } octets } && UdpDatagram.TryRead(octets.Span, out var datagram, out _))
        {
            var good = datagram.ChecksumIsValid(packet.Facts.Source, packet.Facts.Destination) ? "correct" : "wrong";
            run.Console.Write(Listing.Fields(
            [
                ("source port", Amount.Number(datagram.SourcePort)),
                ("destination port", Amount.Number(datagram.DestinationPort)),
                ("length", length),
                ("checksum", string.Create(CultureInfo.InvariantCulture, $"0x{datagram.Checksum:x4}, {good}")),
                ("carried by", string.Create(CultureInfo.InvariantCulture, $"IPv{(int)packet.Facts.IpVersion}, {packet.Facts.IpLength} octets, {(packet.Facts.IpVersion == Wire.Internet.IpVersion.V6 ? "hop limit" : "TTL")} {packet.Facts.HopLimit}, {(packet.Facts.DontFragment ? "not to be fragmented" : "may be fragmented")}")),
            ]));
            run.Console.WriteLine();
            WriteLines(octets);
        }
        else
        {
            run.Console.Write(Listing.Fields(
            [
                ("source port", Amount.Number(report.Local.Port)),
                ("destination port", Amount.Number(report.Remote.Port)),
                ("length", length),
                ("checksum", "the kernel's; not captured" + (report.CaptureRefusal is { } why ? $": {why}" : string.Empty)),
            ]));
            run.Console.WriteLine();
            WriteLines(report.Payload);
        }

        run.Console.WriteLine();
    }

    private void WriteLines(ReadOnlyMemory<byte> octets)
    {
        foreach (var line in OctetDump.Lines(octets)) run.Console.WriteLine(line);
    }

    private static string Explain(DatagramExchangeOutcome outcome, UdpSendReport report)
    {
        const string Udp = "UDP sends a datagram and forgets it: no connection, no acknowledgment, no repetition.";
        return outcome switch
        {
            DatagramExchangeOutcome.Answered => $"{Udp} That it arrived is known because the program at port {report.Remote.Port} answered from there.",
            DatagramExchangeOutcome.Failed { Meaning: IcmpMeaning.PortUnreachable } f => $"{Udp} This one arrived at {f.Error.Reporter?.ToString() ?? "the host"}, where no program has the port; the kernel there said so by ICMP, and the kernel here passed it on to the socket.",
            DatagramExchangeOutcome.Failed => $"{Udp} Something on the way said by ICMP that it will not get there.",
            DatagramExchangeOutcome.Silent => $"{Udp} Nothing came back, and that can mean four things: the datagram was lost, a filter dropped it or the answer, the program took it and has nothing to say, or the answer is late. Send it again, or send what the service must answer.",
            _ => Udp,
        };
    }
}
