using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Dissect;
using Fathom.Cli.Output;
using Fathom.Wire.Application;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;
using Spectre.Console;

namespace Fathom.Cli.Packetize;

/// <summary>One run of <c>fathom packetize</c>.</summary>
internal sealed class PacketizeRun(CommandRun run, PacketizedMessage message, JourneyReport journey, bool allHeaders)
{
    // Packets and steps that a person reads; the file and the JSON have all.
    private const int ShownPackets = 12;
    private const int ShownSteps = 60;
    private const string Schema = "fathom.packetize/1";

    private bool IsTcp => message.Options.Transport == IpProtocol.Tcp;

    private bool IsV6 => message.Options.Source.Address.IsV6;

    public int Run(string? file)
    {
        if (file is not null && !TryWrite(file, out var reason)) return run.CannotTell($"--write: {reason}");
        if (run.IsText) WriteText(file);
        else run.WriteJson(Schema, WriteMembers);
        run.WriteAside(Explanation(), $"tshark -n -r {file ?? "FILE.pcapng"}", IsTcp ? "ip route show; ss -ti   # mss, retrans" : $"ping -M want -s {message.Message.Length} HOST   # then tcpdump 'ip[6:2] & 0x3fff != 0'");
        return journey.IsIntact ? ExitStatus.Good : ExitStatus.Broken;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void WriteText(string? file)
    {
        var console = run.Console;
        console.Write(Listing.Heading(Say($"{message.Message.Length} octets over {(IsTcp ? "TCP" : "UDP")} and IPv{(IsV6 ? 6 : 4)}, MTU {message.Options.Mtu}")));
        console.WriteLine();
        console.Write(Listing.Fields(Sizes()));
        console.WriteLine();
        console.Write(Listing.Columns(
            ["packet", "frame", "octets of the message", "what it is"],
            message.Packets.Take(ShownPackets).Select(IReadOnlyList<string> (p) => [Say($"{p.Number}"), Say($"{p.Frame.Length}"), Part(p), Summary(p)])));
        if (message.Packets.Count > ShownPackets) console.WriteLine(Say($"  … {message.Packets.Count - ShownPackets} more"));
        foreach (var packet in message.Packets.Take(allHeaders ? message.Packets.Count : 1)) WriteHeaders(console, packet);
        console.WriteLine();
        console.Write(Listing.Heading("On the way"));
        console.WriteLine();
        console.Write(Listing.Columns(
            ["", "", "", ""],
            journey.Steps.Take(ShownSteps).Select(IReadOnlyList<string> (s) => [Say($"{s.At.TotalMilliseconds,8:F1} ms"), Who(s.Event), s.Number == 0 ? string.Empty : Say($"packet {s.Number}"), s.Text])));
        if (journey.Steps.Count > ShownSteps) console.WriteLine(Say($"  … {journey.Steps.Count - ShownSteps} more steps (--output json has them)"));
        console.WriteLine();
        console.Write(new Markup(Verdict()));
        console.WriteLine();
        if (file is not null) console.WriteLine(Say($"{TextSanitizer.Escape(file)}: {journey.Frames.Count} frames, as the receiver's end of the link saw them"));
    }

    private IEnumerable<(string, string)> Sizes()
    {
        var header = IsV6 ? Ipv6Packet.HeaderLength : Ipv4Packet.MinHeaderLength;
        if (IsTcp)
        {
            yield return ("segments", Say($"{message.Packets.Count}, of up to {message.Options.Mtu} - {header} (IP) - 20 (TCP) = {message.Room} octets of data"));
            yield break;
        }

        yield return ("datagram", Say($"8 (UDP) + {message.Message.Length} = {message.DatagramLength} octets"));
        var isCut = message.Packets.Count > 1;
        var fragmentHeader = IsV6 ? " - 8 (fragment header)" : string.Empty;
        yield return ("packets", isCut
            ? Say($"{message.Packets.Count} fragments, of up to {message.Options.Mtu} - {header} (IP){fragmentHeader} = {message.Options.Mtu - header - (IsV6 ? 8 : 0)} octets, rounded down to a multiple of 8: {message.Room}")
            : Say($"1: {header} (IP) + {message.DatagramLength} = {header + message.DatagramLength} octets fit the link"));
    }

    private static string Part(MessagePacket packet) => packet.MessageLength == 0 ? "none" : Say($"{packet.MessageOffset}–{packet.MessageOffset + packet.MessageLength - 1}");

    // Who sends to whom is the same in every row.
    private string Summary(MessagePacket packet) => Dissector.Dissect(LinkType.Ethernet, packet.Frame).Summary
        .Replace($"{message.Options.Source} → {message.Options.Destination} ", string.Empty, StringComparison.Ordinal)
        .Replace($"{message.Options.Source.Address} → {message.Options.Destination.Address} ", string.Empty, StringComparison.Ordinal);

    private static void WriteHeaders(IAnsiConsole console, MessagePacket packet)
    {
        console.WriteLine();
        console.Write(Listing.Heading(Say($"Packet {packet.Number}, header by header")));
        console.WriteLine();
        foreach (var layer in Dissector.Dissect(LinkType.Ethernet, packet.Frame).Layers.Where(static l => l.HeaderLength > 0 && l.Protocol != "http"))
        {
            console.Write(new Padder(
                new Markup(Say($"[bold {LayerNames.Color(layer)}]{Listing.Safe(LayerNames.Name(layer))}[/] [grey]{layer.HeaderLength} octets, OSI {LayerNames.Osi(layer)}[/]")), new Padding(2, 0, 0, 0)));
            foreach (var line in PacketHex.Dump(packet.Frame.Slice(layer.Offset, layer.HeaderLength), static (_, text) => Markup.Escape(text)))
                console.Write(new Padder(new Markup($"[{LayerNames.Color(layer)}]{line[6..].Split("  ")[0]}{After(line)}[/]"), new Padding(4, 0, 0, 0)));
            var fields = layer.Fields.Where(static f => f.BitLength > 1 && f.Name is not ("version" or "reserved" or "reserved2" or "urgentPointer")).Select(static f => $"{f.Name} {f.Text}");
            console.Write(new Padder(new Text(TextSanitizer.Escape(string.Join(", ", fields))), new Padding(4, 0, 0, 0)));
        }
    }

    // The second eight octets of a dump's row, without the text column, which says nothing of a header.
    private static string After(string line)
    {
        var groups = line[6..].Split("  ", StringSplitOptions.RemoveEmptyEntries);
        return groups.Length > 2 ? "  " + groups[1].Trim() : string.Empty;
    }

    private static string Who(JourneyEvent what) => what switch
    {
        JourneyEvent.Sent or JourneyEvent.SentAgain or JourneyEvent.Acknowledged => "sender",
        JourneyEvent.Lost => "link",
        JourneyEvent.Connection => "both",
        JourneyEvent.TimedOut => "timer",
        _ => "receiver",
    };

    private string Verdict()
    {
        var extra = journey.Sent > message.Packets.Count ? Say($" ({journey.Sent - message.Packets.Count} of them sent again)") : string.Empty;
        if (journey.IsIntact)
        {
            var same = journey.Delivered.Span.SequenceEqual(message.Message.Span) ? "octet for octet" : "changed";
            return Say($"[green]intact[/]  The message arrived {same}: {journey.Delivered.Length} octets in {(journey.Sent == 1 ? "1 packet" : Say($"{journey.Sent} packets"))}{extra}, after {journey.Elapsed.TotalMilliseconds:F1} ms.");
        }

        var missing = string.Join(", ", journey.Missing.Select(static m => Say($"{m.Offset}–{m.Offset + m.Length - 1}")));
        return Say($"[red]lost[/]  The application gets nothing: octets {missing} of the message are missing, and IP hands a packet up whole or not at all.");
    }

    private string Explanation() => (IsTcp, journey.IsIntact) switch
    {
        (true, _) => Say($"TCP cut the message itself, into segments that fit the link, so IP had nothing to cut. Each octet has a number; the receiver acknowledges the first one it misses, and the sender repeats only that segment: {journey.Sent - message.Packets.Count} of {message.Packets.Count}. The application sees a stream, without seams."),
        (false, true) => Say($"UDP made one datagram of the message, and IP cut it into {message.Packets.Count} packet(s). Only the first has the UDP header with the ports; offset and identification let the receiver put the rest in place."),
        _ => "One lost fragment costs the whole datagram: IP repeats nothing, UDP repeats nothing, and the fragments that did arrive are thrown away when the reassembly timer runs out. That is why applications keep datagrams below the path's MTU.",
    };

    private bool TryWrite(string file, out string reason)
    {
        reason = string.Empty;
        try
        {
            using var writer = new PcapngWriter(new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read), new PcapngSection { Application = "fathom packetize" });
            var id = writer.AddInterface("link", LinkType.Ethernet);
            // Times count from an hour that is the same in every run.
            var start = PcapngWriter.ToUnixNanoseconds(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
            foreach (var frame in journey.Frames)
                writer.WritePacket(id, start + (frame.At.Ticks * 100), frame.Bytes.Span, frame.Bytes.Length, frame.ToReceiver ? PacketDirection.Inbound : PacketDirection.Outbound);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = e.Message;
        }

        return reason.Length == 0;
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("transport", IsTcp ? "tcp" : "udp");
        writer.WriteNumber("ipVersion", IsV6 ? 6 : 4);
        writer.WriteNumber("mtu", message.Options.Mtu);
        writer.WriteNumber("messageLength", message.Message.Length);
        writer.WriteNumber("room", message.Room);
        writer.WriteStartArray("packets");
        foreach (var packet in message.Packets)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", packet.Number);
            writer.WriteNumber("messageOffset", packet.MessageOffset);
            writer.WriteNumber("messageLength", packet.MessageLength);
            writer.WriteString("summary", Dissector.Dissect(LinkType.Ethernet, packet.Frame).Summary);
            writer.WriteString("frame", Convert.ToHexStringLower(packet.Frame.Span));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("steps");
        foreach (var step in journey.Steps)
        {
            writer.WriteStartObject();
            writer.WriteNumber("milliseconds", step.At.TotalMilliseconds);
            writer.WriteString("event", JsonNamingPolicy.CamelCase.ConvertName(step.Event.ToString()));
            if (step.Number > 0) writer.WriteNumber("packet", step.Number);
            writer.WriteString("text", step.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("intact", journey.IsIntact);
        writer.WriteNumber("sent", journey.Sent);
        writer.WriteNumber("delivered", journey.Delivered.Length);
        writer.WriteStartArray("missing");
        foreach (var (offset, length) in journey.Missing)
        {
            writer.WriteStartObject();
            writer.WriteNumber("offset", offset);
            writer.WriteNumber("length", length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
