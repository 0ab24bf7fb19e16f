using Fathom.Hosts.Internet;
using Fathom.Probes;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;

namespace Fathom.Diagnosis.Internet;

/// <summary>Sends echo requests of different sizes that may not be fragmented (RFC 4821's question, asked with RFC 792's means).</summary>
internal static class MtuExperiment
{
    private const int Ipv4Header = 20;
    private const int Ipv6Header = 40;
    private const int IcmpHeader = 8;

    /// <summary>Sends one packet as large as the interface takes, beside a small one.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="reach">The echo session.</param>
    /// <param name="interfaceMtu">The interface's MTU, in octets.</param>
    /// <param name="wait">How long to wait for an answer.</param>
    /// <param name="cancellation">Ends the experiment.</param>
    public static async Task<MtuObservation?> OnceAsync(ProbeContext context, ReachRun reach, int interfaceMtu, TimeSpan wait, CancellationToken cancellation)
    {
        if (reach.Session is null) return null;
        var outcome = await SendAsync(reach, interfaceMtu, wait, cancellation);
        return outcome switch
        {
            EchoOutcome.Answered => new MtuObservation(interfaceMtu, null, null, null, []),
            EchoOutcome.Failed { Error: var error } when error.GetMeaning([]) == IcmpMeaning.TooBig && error.NextHopMtu is { } mtu =>
                new MtuObservation(null, null, mtu, error.Reporter, [context.Evidence.AddSocket($"echo of {interfaceMtu} octets to {reach.Address}: {error.Describe()}"), .. context.Packets.FindIcmp(reach.Address)]),
            _ => null,
        };
    }

    /// <summary>Searches for the size at which packets begin to vanish. Each size that gets no answer is tried three times.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="reach">The echo session; the address must be known to answer small echoes.</param>
    /// <param name="passed">A size of packets that is known to pass, in octets.</param>
    /// <param name="interfaceMtu">The interface's MTU, in octets.</param>
    /// <param name="wait">How long to wait for an answer.</param>
    /// <param name="cancellation">Ends the experiment.</param>
    public static async Task<MtuObservation?> SearchAsync(ProbeContext context, ReachRun reach, int passed, int interfaceMtu, TimeSpan wait, CancellationToken cancellation)
    {
        if (reach.Session is null) return null;
        var lost = interfaceMtu;
        if (!await CarriesAsync(reach, passed, wait, cancellation)) return null;
        if (await OnceAsync(context, reach, interfaceMtu, wait, cancellation) is { } atOnce) return atOnce;
        (passed, lost) = await SizeSearch.RunAsync(passed, lost, size => CarriesAsync(reach, size, wait, cancellation));
        var text = $"echo to {reach.Address}, not to be fragmented: {passed} octets answered, {lost} octets never, and no ICMP message about it";
        return new MtuObservation(passed, lost, null, null, [context.Evidence.AddSocket(text), .. context.Packets.FindIcmp(reach.Address)]);
    }

    /// <summary>Is an echo request of a size answered that may not be fragmented? It is tried three times.</summary>
    /// <param name="reach">The echo session.</param>
    /// <param name="size">The packet's size, in octets.</param>
    /// <param name="wait">How long to wait for each answer.</param>
    /// <param name="cancellation">Ends the experiment.</param>
    public static async Task<bool> CarriesAsync(ReachRun reach, int size, TimeSpan wait, CancellationToken cancellation)
    {
        if (reach.Session is null) return false;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await SendAsync(reach, size, wait, cancellation) is EchoOutcome.Answered) return true;
        }

        return false;
    }

    private static Task<EchoOutcome> SendAsync(ReachRun reach, int packetLength, TimeSpan wait, CancellationToken cancellation)
    {
        var data = packetLength - IcmpHeader - (reach.Address.IsV6 ? Ipv6Header : Ipv4Header);
        return reach.Session!.ProbeAsync(data, new PacketOptions(DontFragment: true), wait, cancellation);
    }
}
