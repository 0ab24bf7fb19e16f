using Fathom.Hosts;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns;

/// <summary>Asks for the names of addresses (RFC 1035 §3.5, RFC 3596 §2.5), many at once, and never waits long: a name is a comfort, no finding.</summary>
public static class ReverseNames
{
    // Questions under way at once: a resolver is not a target.
    private const int AtOnce = 16;

    private static readonly DnsQueryOptions Brief = new() { Schedule = [TimeSpan.Zero, TimeSpan.FromMilliseconds(700)], Timeout = TimeSpan.FromSeconds(1.5) };

    /// <summary>Asks the hosts file and the first configured resolver.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="addresses">The addresses.</param>
    /// <param name="cancellation">Ends the questions; what is known by then is returned.</param>
    /// <returns>The names that were found, without trailing dot; they come from the network and may hold anything.</returns>
    public static async Task<IReadOnlyDictionary<IpAddress, string>> FindAsync(ProbeContext context, IEnumerable<IpAddress> addresses, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(addresses);
        var names = new Dictionary<IpAddress, string>();
        try
        {
            if (!(await context.Host.GetResolverConfigurationAsync(cancellation)).TryGet(out var configuration, out _)) return names;
            var open = new List<IpAddress>();
            foreach (var address in addresses.Distinct())
            {
                if (configuration.HostsFile.FirstOrDefault(e => e.Address == address)?.Names is [var known, ..]) names[address] = known;
                else open.Add(address);
            }

            if (configuration.Servers is not [var server, ..]) return names;
            var gate = new HostGate(AtOnce);
            var found = await Task.WhenAll(open.Select(async address =>
            {
                await gate.EnterAsync(cancellation);
                try
                {
                    var outcome = await DnsExchange.RunAsync(context, server, new DnsQuestion(DnsName.Parse(ReverseZones.NameOf(address)), DnsType.Ptr), Brief, cancellation);
                    return (address, name: NameIn(outcome));
                }
                finally
                {
                    gate.Leave();
                }
            }));
            foreach (var (address, name) in found)
            {
                if (name is not null) names[address] = name;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is known by now is enough.
        }

        return names;
    }

    private static string? NameIn(DnsExchangeOutcome outcome)
        => outcome is DnsExchangeOutcome.Answered answered && answered.Message.Answers.Select(static r => r.Data).OfType<DnsData.Ptr>().FirstOrDefault() is { } pointer
            ? pointer.Target.ToAbsoluteString().TrimEnd('.')
            : null;
}
