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

    // One of twenty packets lost each way leaves three tries without an answer once in a thousand times.
    private const int MostTries = 3;

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
        var isLossy = false;
        if (!await PassesAsync(passed)) return null;
        if (await OnceAsync(context, reach, interfaceMtu, wait, cancellation) is { } atOnce) return atOnce;
        (passed, lost) = await SizeSearch.RunAsync(passed, lost, PassesAsync);
        var text = $"echo to {reach.Address}, not to be fragmented: {passed} octets answered, {lost} octets never, and no ICMP message about it";
        return new MtuObservation(passed, lost, null, null, [context.Evidence.AddSocket(text), .. context.Packets.FindIcmp(reach.Address)]) { IsLossy = isLossy };

        async Task<bool> PassesAsync(int size)
        {
            var tries = await TriesAsync(reach, size, wait, cancellation);
            isLossy |= tries > 1;
            return tries > 0;
        }
    }

    /// <summary>Is an echo request of a size answered that may not be fragmented? It is tried three times.</summary>
    /// <param name="reach">The echo session.</param>
    /// <param name="size">The packet's size, in octets.</param>
    /// <param name="wait">How long to wait for each answer.</param>
    /// <param name="cancellation">Ends the experiment.</param>
    public static async Task<bool> CarriesAsync(ReachRun reach, int size, TimeSpan wait, CancellationToken cancellation)
    {
        return reach.Session is not null && await TriesAsync(reach, size, wait, cancellation) > 0;
    }

    // Which of the tries was answered, from 1; 0: none was.
    private static async Task<int> TriesAsync(ReachRun reach, int size, TimeSpan wait, CancellationToken cancellation)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            if (await SendAsync(reach, size, wait, cancellation) is EchoOutcome.Answered) return tries;
        }

        return 0;
    }

    private static Task<EchoOutcome> SendAsync(ReachRun reach, int packetLength, TimeSpan wait, CancellationToken cancellation)
    {
        var data = packetLength - IcmpHeader - (reach.Address.IsV6 ? Ipv6Header : Ipv4Header);
        return reach.Session!.ProbeAsync(data, new PacketOptions(DontFragment: true), wait, cancellation);
    }
}
