using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Os.Link;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;
using Spectre.Console;

namespace Fathom.Cli.Labs.Up;

/// <summary>What <c>fathom lab up</c> writes: where this machine is in the lab, what to type, and what went through.</summary>
internal sealed class LabUpView(CommandRun run, LabUpRequest request)
{
    private const string Schema = "fathom.lab.up/1";

    /// <summary>The lab is up.</summary>
    public void Up(LabWorld world, LabPlace place, FrameDevice device, IReadOnlyList<IpPrefix> routes)
    {
        if (!run.IsText)
        {
            run.WriteJson(Schema, writer => WriteUp(writer, world, place, device, routes));
            return;
        }

        var addresses = string.Join(" and ", place.Addresses.Select(static a => $"{a.Address}/{a.PrefixLength}"));
        run.Console.Write(Listing.Heading($"{world.Scenario.Title}, in real time, on {(request.IsTap ? "TAP" : "TUN")} {device.Name}{(device.WasCreated ? string.Empty : " (which was there)")}"));
        run.Console.WriteLine();
        run.Console.Write(Listing.Fields(
        [
            ("this machine", $"{(request.SetsUp ? addresses : "as you set it up")}, on the network {place.Network.Name}, beside {place.Beside.Name}"),
            ("gateways", string.Join(' ', place.Gateways)),
            ("routes", request.SetsUp ? string.Join(' ', routes) : string.Empty),
            ("resolvers", string.Join(' ', place.Resolvers)),
            ("authority", request.AuthorityFile ?? string.Empty),
            ("broken", string.Join(' ', request.Faults)),
        ]));
        if (!request.SetsUp) SetupByHand(place, device, routes);
        Advice(world, place);
        run.Errors.WriteLine("Ctrl-C ends it, and takes everything back; 'break FAULT', 'mend', 'help' and more are taken from standard input meanwhile");
    }

    /// <summary>The lab could not keep up.</summary>
    public void FellBehind(TimeSpan lost) => run.Complain($"the lab was {Amount.Time(lost)} behind real time, and goes on from there: what was measured meanwhile is this machine's load, not the lab's", ExitStatus.Good);

    /// <summary>Something was broken or mended.</summary>
    /// <param name="broken">What is broken now.</param>
    public void Faults(IEnumerable<string> broken)
        => run.WriteJson(Schema, writer =>
        {
            writer.WriteString("event", "faults");
            Strings(writer, "faults", broken);
        });

    /// <summary>The lab goes down.</summary>
    public void Down(IOutsideEnd end, FrameDevice device, TimeSpan duration, TimeSpan lost)
    {
        if (run.IsText)
        {
            run.Output.WriteLine($"up for {Amount.Time(duration)}: {Amount.Count(end.Entered, "packet", "packets")} into the lab, {end.Left:N0} out of it{(device.Dropped > 0 ? $", {device.Dropped:N0} lost at the device" : string.Empty)}");
            run.Output.Flush();
            return;
        }

        run.WriteJson(Schema, writer =>
        {
            writer.WriteString("event", "down");
            writer.WriteNumber("seconds", Math.Round(duration.TotalSeconds, 6));
            writer.WriteNumber("seconds_behind", Math.Round(lost.TotalSeconds, 6));
            writer.WriteStartObject("packets");
            writer.WriteNumber("in", end.Entered);
            writer.WriteNumber("out", end.Left);
            writer.WriteNumber("lost", device.Dropped);
            writer.WriteEndObject();
        });
    }

    // What a person has to type where the device is not set up.
    private void SetupByHand(LabPlace place, FrameDevice device, IReadOnlyList<IpPrefix> routes)
    {
        var name = TextSanitizer.Escape(device.Name);
        run.Output.WriteLine();
        run.Output.WriteLine(request.IsTap ? "  by hand, where DHCP and router advertisements do not do it:" : "  by hand:");
        foreach (var address in place.Addresses) run.Output.WriteLine($"    ip address add {address.Address}/{address.PrefixLength} dev {name}{(address.Address.IsV6 ? " nodad" : string.Empty)}");
        run.Output.WriteLine($"    ip link set {name} up");
        foreach (var route in routes)
        {
            var via = request.IsTap && place.Gateways.Any(g => g.Version == route.Version) ? $" via {place.Gateways.First(g => g.Version == route.Version)}" : string.Empty;
            run.Output.WriteLine($"    ip route add {route}{via} dev {name}");
        }
    }

    private void Advice(LabWorld world, LabPlace place)
    {
        run.Output.WriteLine();
        var @namespace = NamespaceName.Find();
        if (place.Resolvers.Count > 0)
        {
            var resolver = place.Resolvers[0];
            if (@namespace is not null)
            {
                run.Output.WriteLine("  the lab's names, for what 'ip netns exec' starts from then on:");
                run.Output.WriteLine($"    mkdir -p /etc/netns/{@namespace}");
                run.Output.WriteLine($"    echo nameserver {resolver} > /etc/netns/{@namespace}/resolv.conf");
            }
            else
            {
                run.Output.WriteLine("  the lab's names, in one shell:");
                run.Output.WriteLine($"    echo nameserver {resolver} > lab.resolv");
                run.Output.WriteLine("    unshare -m sh -c 'mount --bind lab.resolv /etc/resolv.conf; exec bash'");
            }
        }

        run.Output.WriteLine("  then, as on any network:");
        var prefix = @namespace is null ? string.Empty : $"ip netns exec {@namespace} ";
        var target = Wire.Application.Urls.Url.TryParse(world.Scenario.Target, null, out var url, out _) ? url.Hostname : null;
        if (target is null) return;
        run.Output.WriteLine($"    {prefix}ping {TextSanitizer.Escape(target)}");
        run.Output.WriteLine($"    {prefix}curl {(request.AuthorityFile is { } file && url!.Protocol == "https:" ? $"--cacert {TextSanitizer.Escape(file)} " : string.Empty)}{TextSanitizer.Escape(world.Scenario.Target)}");
        if (request.AuthorityFile is null && url!.Protocol == "https:") run.Output.WriteLine("  its certificates are the lab's own: --ca FILE writes what --cacert wants");
        run.Output.Flush();
    }

    private void WriteUp(Utf8JsonWriter writer, LabWorld world, LabPlace place, FrameDevice device, IReadOnlyList<IpPrefix> routes)
    {
        writer.WriteString("event", "up");
        writer.WriteString("scenario", request.ScenarioName);
        writer.WriteNumber("seed", world.Lab.Seed);
        writer.WriteString("device", device.Name);
        writer.WriteString("kind", request.IsTap ? "tap" : "tun");
        writer.WriteBoolean("set_up", request.SetsUp);
        writer.WriteString("network", place.Network.Name);
        writer.WriteString("beside", place.Beside.Name);
        Strings(writer, "addresses", place.Addresses.Select(static a => $"{a.Address}/{a.PrefixLength}"));
        Strings(writer, "gateways", place.Gateways.Select(static g => g.ToString()));
        Strings(writer, "routes", routes.Select(static r => r.ToString()));
        Strings(writer, "resolvers", place.Resolvers.Select(static r => r.ToString()));
        Strings(writer, "faults", request.Faults);
    }

    private static void Strings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
