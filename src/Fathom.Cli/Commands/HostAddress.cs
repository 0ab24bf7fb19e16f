using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Commands;

/// <summary>The addresses that a command's HOST means.</summary>
internal static class HostAddress
{
    /// <summary>Looks all of them up. Complains where there are none; the status then says whose fault it is.</summary>
    /// <param name="run">The run.</param>
    /// <param name="context">What the lookup works with.</param>
    /// <param name="text">A name or an address.</param>
    /// <param name="version">The IP version asked for, or null.</param>
    /// <param name="cancellation">Ends the lookup with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The addresses in the order in which they are to be tried, and status 0; or none, and the exit status.</returns>
    public static async Task<(IReadOnlyList<IpAddress> Addresses, int Status)> FindAllAsync(
        CommandRun run, ProbeContext context, string text, IpVersion? version, CancellationToken cancellation)
        => await HostLookup.RunAsync(context, text, version, cancellation) switch
        {
            HostLookupOutcome.Found found => (found.Addresses, ExitStatus.Good),
            HostLookupOutcome.Failed failed => ([], run.Complain(failed.Reason, ExitStatus.Broken)),
            HostLookupOutcome.Wrong wrong => ([], run.Refuse(wrong.Reason)),
            HostLookupOutcome.CannotTell cannot => ([], run.CannotTell(cannot.Refusal)),
            _ => ([], ExitStatus.Unknown),
        };

    /// <summary>Looks up the one to take. Complains where there is none, and where the lookup is interrupted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">A name or an address.</param>
    /// <param name="version">The IP version asked for, or null.</param>
    /// <param name="cancellation">Ends the lookup.</param>
    /// <returns>The address, or the exit status.</returns>
    public static async Task<(IpAddress? Address, int Status)> FindAsync(CommandRun run, string text, IpVersion? version, CancellationToken cancellation)
    {
        try
        {
            var (addresses, status) = await FindAllAsync(run, ProbeContext.WithoutCapture(run.Host), text, version, cancellation);
            return addresses.Count == 0 ? (null, status) : (await ChooseAsync(run.Host, addresses, cancellation), status);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (null, run.CannotTell($"interrupted while {text} was looked up"));
        }
    }

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

    /// <summary>Why a word cannot be a host's name or address, or null.</summary>
    /// <param name="word">The word.</param>
    /// <param name="version">The IP version asked for, or null.</param>
    public static string? Refuse(string word, IpVersion? version)
    {
        if (word.StartsWith('-')) return $"unknown option '{word}'";
        if (AddressZones.TryRead(word, out var address, out _))
            return version is { } wanted && wanted != address.Version ? $"{word} is an IPv{(int)address.Version} address, and -{(int)wanted} was given" : null;
        if (word.Contains('/', StringComparison.Ordinal)) return $"{word}: expected a host name or an address, not a URL or a prefix";
        // A last label of digits is an address that went wrong (WHATWG URL, "ends in a number"): no name is asked for it.
        if (word.Contains(':', StringComparison.Ordinal) || word.Split('.')[^1] is { Length: > 0 } last && last.All(char.IsAsciiDigit)) return $"{word} is no address: expected four numbers from 0 to 255, or IPv6 text, or a name";
        if (!System.Text.Ascii.IsValid(word)) return Idna.TryToAscii(word, IdnaOptions.Url, out _, out var error) ? null : $"{word} is no host name: {error}";
        return Fathom.Wire.Application.Dns.DnsName.TryParse(word, out _, out var reason) ? null : $"{word} is no host name: {reason}";
    }
}
