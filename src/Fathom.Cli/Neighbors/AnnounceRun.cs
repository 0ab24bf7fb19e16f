using Fathom.Cli.Commands;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Neighbors;

/// <summary><c>--announce</c>: tells the link that an address of this host is here.</summary>
internal static class AnnounceRun
{
    private const int EthernetLinkType = 1; // LINKTYPE_ETHERNET of the pcap registry

    public static async Task<int> RunAsync(CommandRun run, NeighborsRequest request, IpAddress address, CancellationToken cancellation)
    {
        var plain = address.WithZone(0);
        var link = request.Interfaces.FirstOrDefault(i => (request.Only is null || i.Index == request.Only.Index) && i.Addresses.Any(a => a.Address.WithZone(0) == plain));
        // Whoever announces another's address draws its packets to himself.
        if (link is null) return run.Refuse($"--announce {plain}: not an address of {request.Only?.Name ?? "this host"}; to announce another's address is spoofing");
        if (link.HardwareAddress is not { } mac) return run.Refuse($"--announce {plain}: {link.Name} has no MAC address, so nobody needs to be told");
        var frame = ResolutionFrames.Announcement(mac, plain);
        if (await run.Host.SendFrameAsync(link.Index, frame, cancellation) is { } refusal) return run.CannotTell(refusal);
        var summary = Dissector.Dissect(EthernetLinkType, frame).Summary;
        if (run.IsText)
        {
            run.Output.WriteLine($"Sent on {link.Name}: {summary}");
            run.WriteAside(
                "Sender and target are the same address: a question to which no answer is expected. Every station that has the address in its table takes the new MAC address from it, and switches learn the port. Routers that take over for another do this, and virtual machines that have moved.",
                plain.IsV4 ? $"arping -c 1 -A -I {link.Name} {plain}" : $"ndsend {plain} {link.Name}");
            return ExitStatus.Good;
        }

        run.WriteJson(NeighborsCommand.Schema, json =>
        {
            json.WriteString("announced", plain.ToString());
            json.WriteString("mac", mac.ToString());
            json.WriteString("interface", link.Name);
            json.WriteString("summary", summary);
            json.WriteString("bytes", Convert.ToHexStringLower(frame));
        });
        return ExitStatus.Good;
    }
}
