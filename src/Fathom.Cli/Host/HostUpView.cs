using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Os.Link;
using Fathom.Stack.Link;
using Fathom.Wire.Application;

namespace Fathom.Cli.Host;

/// <summary>What <c>fathom host up</c> writes: where the host is, what it did.</summary>
internal sealed class HostUpView(CommandRun run, HostUpRequest request)
{
    private const string Schema = "fathom.host.up/1";

    // Of the rest of a broken line, against the text above it.
    private const int Indent = 2;

    /// <summary>Events are wanted one by one.</summary>
    public bool IsText => run.IsText;

    /// <summary>The host is up.</summary>
    public void Up(TunHost tun, IReadOnlyList<HostService> services)
    {
        var through = tun.Interface;
        if (!run.IsText)
        {
            Event("up", writer => WritePlace(writer, tun));
            return;
        }

        var addresses = string.Join(" and ", request.Addresses.Select(static a => $"{a.Address}/{a.PrefixLength}"));
        Line($"{addresses} on {(request.IsTap ? "TAP" : "TUN")} {TextSanitizer.Escape(tun.Device)}{(tun.WasCreated ? " (made for this run)" : string.Empty)}");
        Line($"  MTU {through.Mtu}{(through.HardwareAddress is { } mac ? $", MAC {mac}" : string.Empty)}, {Offloads(through.Offloads)}");
        if (tun.OffloadNote is { } note && request.UseOffloads) run.Errors.WriteLine($"fathom: offloads: {note}");
        if (services.Count > 0) Line($"  serving {string.Join(", ", services.Select(static s => $"{s.Name} ({s.Port})"))}");
        if (request.PeerAddresses.Count == 0)
        {
            // What a person has to type where the device is not set up.
            run.Errors.WriteLine("this machine's end, if nobody has set it up:");
            foreach (var address in request.Addresses) run.Errors.WriteLine($"  ip address add {HostAddressing.Arguments(address)} dev {TextSanitizer.Escape(tun.Device)}");
            run.Errors.WriteLine($"  ip link set {TextSanitizer.Escape(tun.Device)} mtu {through.Mtu} up");
        }

        run.Errors.WriteLine("Ctrl-C ends it");
    }

    /// <summary>The host goes down.</summary>
    public void Down(TunHost tun, IReadOnlyList<HostServiceSummary> services, TimeSpan duration)
    {
        var statistics = tun.Interface.GetStatistics();
        int open, timeWait;
        lock (tun.Host.Driver.Gate) (open, timeWait) = (tun.Stack.Tcp.ConnectionCount, tun.Stack.Tcp.TimeWaitCount);
        if (run.IsText)
        {
            Line($"up for {Amount.Time(duration)}: {Amount.Count(statistics.InPackets, "frame", "frames")} in ({Amount.Octets(statistics.InOctets)}), {statistics.OutPackets:N0} out ({Amount.Octets(statistics.OutOctets)})");
            if (tun.Dropped > 0) Line($"  {Amount.Count(tun.Dropped, "frame", "frames")} lost between stack and kernel");
            foreach (var service in services) Line("  " + Text(service));
            if (open + timeWait > 0) Line($"  left open: {Amount.Count(open, "connection", "connections")}, now reset; {timeWait:N0} in TIME-WAIT");
            run.WriteAside(
                "The kernel took this host for another machine: what it sent out of the device came here as packets, was taken apart by Fathom's own stack, and the answers went back the same way. "
                + "Nothing of it crossed a socket of the kernel on this side.",
                Equivalent());
            return;
        }

        run.WriteJson(Schema, writer =>
        {
            if (run.Format == OutputFormat.Ndjson) writer.WriteString("event", "down");
            WritePlace(writer, tun);
            writer.WriteMilliseconds("ms", duration);
            writer.WriteStartObject("frames");
            writer.WriteNumber("in", statistics.InPackets);
            writer.WriteNumber("octetsIn", statistics.InOctets);
            writer.WriteNumber("out", statistics.OutPackets);
            writer.WriteNumber("octetsOut", statistics.OutOctets);
            writer.WriteNumber("lost", tun.Dropped);
            writer.WriteEndObject();
            writer.WriteStartObject("tcp");
            writer.WriteNumber("open", open);
            writer.WriteNumber("timeWait", timeWait);
            writer.WriteEndObject();
            writer.WriteStartArray("services");
            foreach (var service in services)
            {
                writer.WriteStartObject();
                writer.WriteString("name", service.Service);
                writer.WriteString("transport", service.Transport);
                writer.WriteNumber("count", service.Count);
                if (service.Received is { } received) writer.WriteNumber("received", received);
                if (service.Sent is { } sent) writer.WriteNumber("sent", sent);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>Writes a line for people.</summary>
    public void Line(string text)
    {
        run.Output.WriteLine(text);
        run.Output.Flush();
    }

    /// <summary>Writes a line of the trace; on a terminal it is broken between words, with what is left of it below its text.</summary>
    /// <param name="text">The line.</param>
    /// <param name="head">Characters before its text: the time and the direction.</param>
    public void TraceLine(string text, int head)
    {
        if (Console.IsOutputRedirected)
        {
            Line(text);
            return;
        }

        foreach (var line in WordWrap.Hanging(text, head, head + Indent, run.Console.Profile.Width)) run.Output.WriteLine(line);
        run.Output.Flush();
    }

    /// <summary>Writes a document of its own; in ndjson only, since json has one at the end.</summary>
    public void Event(string name, Action<Utf8JsonWriter> write)
    {
        if (run.Format != OutputFormat.Ndjson) return;
        run.WriteJson(Schema, writer =>
        {
            writer.WriteString("event", name);
            write(writer);
        });
    }

    private static string Text(HostServiceSummary service)
    {
        var what = service switch
        {
            { Service: "http" } => Amount.Count(service.Count, "request", "requests"),
            { Transport: "udp" } => Amount.Count(service.Count, "datagram", "datagrams"),
            _ => Amount.Count(service.Count, "connection", "connections"),
        };
        var received = service.Received is { } octets ? $", {Amount.Octets(octets)} in" : string.Empty;
        var sent = service.Sent is { } count ? $", {Amount.Octets(count)} out" : string.Empty;
        return $"{service.Service,-8} {service.Transport}  {what}{received}{sent}";
    }

    private static string Offloads(InterfaceOffloads offloads) => offloads switch
    {
        InterfaceOffloads.None => "no offloads",
        InterfaceOffloads.Checksum => "the kernel does checksums",
        _ => "the kernel does checksums and segmentation",
    };

    private string[] Equivalent()
    {
        var kind = request.IsTap ? "tap" : "tun";
        var address = request.Addresses[0].Address;
        return [$"ip tuntap add dev {request.Device} mode {kind}", string.Create(CultureInfo.InvariantCulture, $"ping -c1 {address}")];
    }

    private void WritePlace(Utf8JsonWriter writer, TunHost tun)
    {
        writer.WriteString("device", tun.Device);
        writer.WriteString("kind", request.IsTap ? "tap" : "tun");
        writer.WriteBoolean("created", tun.WasCreated);
        writer.WriteNumber("mtu", tun.Interface.Mtu);
        if (tun.Interface.HardwareAddress is { } mac) writer.WriteString("mac", mac.ToString());
        writer.WriteString("offloads", tun.Interface.Offloads == InterfaceOffloads.None ? "none" : tun.Interface.Offloads == InterfaceOffloads.Checksum ? "checksum" : "segmentation");
        writer.WriteStartArray("addresses");
        foreach (var address in request.Addresses) writer.WriteStringValue($"{address.Address}/{address.PrefixLength}");
        writer.WriteEndArray();
    }
}
