using Fathom.Hosts;
using Fathom.Probes.Internet;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Dns;

/// <summary>Looks a host up as the machine's programs do: an address as it is, then the hosts file, "localhost" by RFC 6761 §6.3, then the configured resolvers.</summary>
public static class HostLookup
{
    /// <summary>Looks it up.</summary>
    /// <param name="context">Host and evidence.</param>
    /// <param name="host">A name, also an international one, or an address, with or without brackets; a zone may be an interface's name.</param>
    /// <param name="version">Only addresses of this version, or null for both.</param>
    /// <param name="cancellation">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<HostLookupOutcome> RunAsync(ProbeContext context, string host, IpVersion? version, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(host);
        var shown = TextSanitizer.Escape(host);
        var literal = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        if (AddressZones.TryRead(literal, out var address, out var zone)) return await OfAddressAsync(context.Host, shown, address, zone, version, cancellation);
        if (!System.Text.Ascii.IsValid(host))
        {
            // As a browser reads it (UTS #46).
            if (!Idna.TryToAscii(host, IdnaOptions.Url, out var ascii, out var error)) return new HostLookupOutcome.Failed($"{shown} is no host name: {error}.");
            host = ascii;
        }

        var answer = await context.Host.GetResolverConfigurationAsync(cancellation);
        if (!answer.TryGet(out var configuration, out var refusal)) return new HostLookupOutcome.CannotTell(refusal);
        var name = host.TrimEnd('.');
        if (configuration.FindInHostsFile(name) is { Count: > 0 } listed) return Filter(listed, version, configuration.HostsSource, $"{configuration.HostsSource} has no such address for {shown}");
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return Filter([IpAddress.LoopbackV6, IpAddress.LoopbackV4], version, "RFC 6761", $"{shown} has no such address");
        DnsType[] types = version switch { IpVersion.V4 => [DnsType.A], IpVersion.V6 => [DnsType.Aaaa], _ => [DnsType.Aaaa, DnsType.A] };
        var resolution = NameResolution.Start(context, configuration, name, types, new DnsQueryOptions(), cancellation);
        var first = await resolution.First;
        if (first is { Addresses.Count: > 0 }) return new HostLookupOutcome.Found(NameResolution.Interleave(first.Addresses, preferV6: true), $"resolver {first.Server}");
        return new HostLookupOutcome.Failed(Why(shown, first, await resolution.All));
    }

    private static async Task<HostLookupOutcome> OfAddressAsync(INetworkHost host, string shown, IpAddress address, string? zone, IpVersion? version, CancellationToken cancellation)
    {
        var answer = await AddressZones.ResolveAsync(host, address, zone, cancellation);
        if (!answer.TryGet(out var scoped, out var refusal)) return new HostLookupOutcome.CannotTell(refusal);
        return scoped.Problem is { } problem ? new HostLookupOutcome.Wrong(problem) : Filter([scoped.Address], version, "an address", $"{shown} is an IPv{(int)address.Version} address");
    }

    private static HostLookupOutcome Filter(IReadOnlyList<IpAddress> addresses, IpVersion? version, string source, string otherwise)
    {
        var wanted = addresses.Where(a => version is null || a.Version == version).ToArray();
        return wanted.Length > 0 ? new HostLookupOutcome.Found(wanted, source) : new HostLookupOutcome.Failed($"{otherwise}; IPv{(int)version!.Value} was asked for.");
    }

    private static string Why(string shown, ServerAnswers? first, IReadOnlyList<ServerAnswers> all)
    {
        if (first is { SaysNonExistent: true }) return $"{shown} does not exist, says resolver {first.Server} (NXDOMAIN).";
        if (first is not null) return $"{shown} exists and has no address, says resolver {first.Server}.";
        if (all.Count == 0) return $"{shown} cannot be looked up: no resolver is configured.";
        return all.Any(static a => a.Answered)
            ? $"{shown} could not be looked up: {string.Join(", ", all.Select(static a => a.Server))} answered with an error."
            : $"{shown} could not be looked up: no answer from {string.Join(", ", all.Select(static a => a.Server))}.";
    }
}
