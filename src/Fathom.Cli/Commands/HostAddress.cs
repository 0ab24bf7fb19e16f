using Fathom.Cli.Sockets;
using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Evidence;
using Fathom.Probes.Internet;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Commands;

/// <summary>The address that a command's HOST means.</summary>
internal static class HostAddress
{
    /// <summary>What a lookup needs of a host.</summary>
    public static ProbeContext ContextOf(INetworkHost host)
    {
        var log = new EvidenceLog(host.Time);
        return new ProbeContext(host, log, new PacketRecorder(null, log));
    }

    /// <summary>Looks it up. Complains where there is none; the status then says whose fault it is.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">A name or an address.</param>
    /// <param name="version">The IP version asked for, or null.</param>
    /// <param name="cancellation">Ends the lookup.</param>
    /// <returns>The address, or the exit status.</returns>
    public static async Task<(IpAddress? Address, int Status)> FindAsync(CommandRun run, string text, IpVersion? version, CancellationToken cancellation)
    {
        try
        {
            return await HostLookup.RunAsync(ContextOf(run.Host), text, version, cancellation) switch
            {
                HostLookupOutcome.Found found => (await TargetLookup.ChooseAsync(run.Host, found.Addresses, cancellation), ExitStatus.Good),
                HostLookupOutcome.Wrong wrong => (null, run.Refuse(wrong.Reason)),
                HostLookupOutcome.CannotTell cannot => (null, run.CannotTell(cannot.Refusal)),
                HostLookupOutcome.Failed failed => (null, run.Complain(failed.Reason, ExitStatus.Broken)),
                _ => (null, ExitStatus.Unknown),
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (null, run.CannotTell($"interrupted while {text} was looked up"));
        }
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
