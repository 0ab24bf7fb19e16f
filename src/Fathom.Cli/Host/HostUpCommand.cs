using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Host;

/// <summary><c>fathom host up</c>: one host of Fathom's own stack on a TUN or TAP device.</summary>
internal static class HostUpCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var tun = new Option<string?>("--tun") { Description = "The TUN device (IP packets); it is made if it is not there.", HelpName = "NAME" };
        var tap = new Option<string?>("--tap") { Description = "The TAP device (Ethernet frames) instead.", HelpName = "NAME" };
        var address = Many("--address", "An address of the host, with its prefix length.", "A/LEN");
        var gateway = Many("--gateway", "The host's default gateway; on TUN none is needed.", "A");
        var peer = Many("--peer-address", "Give this machine's end of the device this address, and bring it up.", "A/LEN");
        var mac = new Option<string?>("--mac") { Description = "The host's MAC address on TAP; else one by chance.", HelpName = "MAC" };
        var mtu = new Option<int?>("--mtu") { Description = "MTU in octets; else the device's.", HelpName = "N" };
        var serve = Many("--serve", "Services, by commas: echo, discard, chargen, daytime, iperf3, http; http:DIR serves a folder's files.", "NAMES");
        var trace = new Option<bool>("--trace") { Description = "Print every segment and packet, with the state changes and decisions it causes." };
        var vnet = new Option<bool>("--vnet") { Description = "Let the kernel take over checksums and segmentation (the default).", DefaultValueFactory = static _ => true };
        var noVnet = new Option<bool>("--no-vnet") { Description = "Whole packets of the MTU, with their checksums." };
        var pcap = CommandOptions.Pcap();
        var timeout = new Option<double?>("--timeout", "-t") { Description = "Stop after so many seconds.", HelpName = "SECONDS" };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("up", "Put one host of Fathom's own TCP/IP on a TUN or TAP device: ping it, curl it. Ctrl-C ends it.")
        {
            tun, tap, address, gateway, peer, mac, mtu, serve, trace, vnet, noVnet, pcap, timeout, output, explain, equivalent,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            Task<int> Refuse(string reason) => Task.FromResult(run.Refuse(reason));
            var (tunName, tapName) = (parsed.GetValue(tun), parsed.GetValue(tap));
            if (tunName is null == tapName is null) return Refuse("give one of --tun NAME and --tap NAME");
            if (TunHost.WhyNoName(tunName ?? tapName!) is { } wrong) return Refuse($"--{(tunName is null ? "tap" : "tun")} '{tunName ?? tapName}': no interface can have this name: {wrong}");
            if (!TryReadAddresses(parsed.GetValue(address), "--address", out var addresses, out var fault)) return Refuse(fault);
            if (addresses.Count == 0) return Refuse("expected --address A/LEN, as in --address 10.77.0.2/24");
            if (!TryReadAddresses(parsed.GetValue(peer), "--peer-address", out var peers, out fault)) return Refuse(fault);
            if (peers.FirstOrDefault(p => addresses.Any(a => a.Address == p.Address)) is { Address.IsUnspecified: false } same) return Refuse($"--peer-address '{same.Address}': the host has this address; this machine's end needs another");
            if (tunName is not null && parsed.GetValue(gateway) is { Length: > 0 }) return Refuse("--gateway: on TUN everything goes to the other end; use --tap");
            if (!TryReadGateways(parsed.GetValue(gateway), addresses, out var gateways, out fault)) return Refuse(fault);
            MacAddress? hardware = null;
            if (parsed.GetValue(mac) is { } text)
            {
                if (tapName is null) return Refuse("--mac: a TUN device has no MAC addresses; use --tap");
                if (!MacAddress.TryParse(text, out var parsedMac) || parsedMac.IsGroup) return Refuse($"--mac '{text}': expected the MAC address of one station, as in 02:00:00:00:00:02");
                hardware = parsedMac;
            }

            var least = addresses.Any(static a => a.Address.IsV6) ? 1280 : 68; // RFC 8200 §5, RFC 791 §3.2
            if (parsed.GetValue(mtu) is { } size && (size < least || size > 65535)) return Refuse($"--mtu {size}: expected {least} to 65535 octets");
            if (!HostService.TryParse(parsed.GetValue(serve) ?? [], out var services, out fault)) return Refuse(fault);
            if (parsed.GetValue(timeout) is { } seconds and not (>= 0.001 and <= 86400)) return Refuse($"--timeout {seconds}: expected seconds from 0.001 to 86400");
            var request = new HostUpRequest(tunName ?? tapName!, tapName is not null, addresses, peers, gateways)
            {
                HardwareAddress = hardware,
                Mtu = parsed.GetValue(mtu),
                Services = services,
                Trace = parsed.GetValue(trace),
                UseOffloads = parsed.GetValue(vnet) && !parsed.GetValue(noVnet),
                Pcap = parsed.GetValue(pcap),
                Limit = parsed.GetValue(timeout) is { } most ? TimeSpan.FromSeconds(most) : null,
            };
            return new HostUpRun(run, request).RunAsync(cancellation);
        });
        return command;
    }

    private static Option<string[]> Many(string name, string description, string value)
        => new(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    private static bool TryReadAddresses(string[]? texts, string option, out IReadOnlyList<InterfaceAddress> addresses, out string fault)
    {
        var read = new List<InterfaceAddress>();
        addresses = read;
        fault = string.Empty;
        foreach (var text in texts ?? [])
        {
            if (text.Contains('/', StringComparison.Ordinal) && IpPrefix.TryParseInterface(text, out var address, out var prefix, out _)
                && address.Zone == 0 && !address.IsMulticast && !address.IsUnspecified)
            {
                fault = HostAddressing.WhyNobodys(address, prefix) is { } reason ? $"{option} '{text}': {reason}"
                    : read.Any(a => a.Address == address) ? $"{option} '{text}': this address is given twice"
                    : string.Empty;
                if (fault.Length > 0) return false;
                read.Add(new InterfaceAddress(address, prefix.Length));
                continue;
            }

            fault = $"{option} '{text}': expected a host's address with its prefix length, as in 10.77.0.2/24 or fd77::2/64";
            return false;
        }

        return true;
    }

    private static bool TryReadGateways(string[]? texts, IReadOnlyList<InterfaceAddress> own, out IReadOnlyList<IpAddress> gateways, out string fault)
    {
        var read = new List<IpAddress>();
        gateways = read;
        fault = string.Empty;
        foreach (var text in texts ?? [])
        {
            if (!IpAddress.TryParse(text, out var address) || address.IsMulticast || address.IsUnspecified) fault = $"--gateway '{text}': expected a router's address";
            else if (read.Any(g => g.Version == address.Version)) fault = $"--gateway '{text}': one gateway for each version";
            else if (HostAddressing.WhyNoGateway(address, own) is { } reason) fault = $"--gateway '{text}': {reason}";
            else read.Add(address);
            if (fault.Length > 0) return false;
        }

        return true;
    }
}
