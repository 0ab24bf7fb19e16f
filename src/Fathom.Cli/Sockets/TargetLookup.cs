using Fathom.Cli.Commands;
using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Sockets;

/// <summary>Finds the addresses of a host for a command, and complains where there are none.</summary>
internal static class TargetLookup
{
    /// <summary>Looks it up.</summary>
    /// <returns>The addresses in the order in which they are to be tried, and status 0; or none, and the exit status.</returns>
    public static async Task<(IReadOnlyList<IpAddress> Addresses, int Status)> FindAsync(
        CommandRun run, ProbeContext context, string host, IpVersion? version, CancellationToken cancellation)
        => await HostLookup.RunAsync(context, host, version, cancellation) switch
        {
            HostLookupOutcome.Found found => (found.Addresses, ExitStatus.Good),
            HostLookupOutcome.Failed failed => ([], run.Complain(failed.Reason, ExitStatus.Broken)),
            HostLookupOutcome.Wrong wrong => ([], run.Refuse(wrong.Reason)),
            HostLookupOutcome.CannotTell cannot => ([], run.CannotTell(cannot.Refusal)),
            _ => ([], ExitStatus.Unknown),
        };

    /// <summary>The one to take where only one can be: the first that the host has a way to; else the first.</summary>
    /// <param name="host">The host.</param>
    /// <param name="addresses">The addresses in the order of preference, at least one.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public static async Task<IpAddress> ChooseAsync(INetworkHost host, IReadOnlyList<IpAddress> addresses, CancellationToken cancellation)
    {
        foreach (var address in addresses)
        {
            var route = await host.FindRouteAsync(address, cancellation);
            if (route.Value is null or { IsUsable: true }) return address;
        }

        return addresses[0];
    }
}
