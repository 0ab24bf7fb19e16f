using Fathom.Cli.Commands;
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
            HostLookupOutcome.CannotTell cannot => ([], run.CannotTell(cannot.Refusal)),
            _ => ([], ExitStatus.Unknown),
        };
}
