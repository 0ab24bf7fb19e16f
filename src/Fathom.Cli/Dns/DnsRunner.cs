using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Hosts.Application;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Dns;

/// <summary>Runs one <c>dns</c> command line.</summary>
internal sealed class DnsRunner(CommandRun run, DnsRequest request)
{
    // Each question holds one socket; a resolver is not flooded by as many at once.
    private const int Concurrency = 16;

    private ProbeContext? _context;

    private ProbeContext Context => _context ??= ProbeContext.WithoutCapture(run.Host);

    /// <summary>Runs.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (request.TypeOrUsual is DnsType.Axfr or DnsType.Ixfr)
            return run.Refuse($"{request.TypeOrUsual.ToText()} is a transfer of a whole zone, which fathom does not ask for: ask for SOA or NS, or use dig");
        try
        {
            if (request.Hosts) return await HostsAsync(cancellation);
            if (request.Name == "-") return await ListAsync(cancellation);
            if (!TryGetName(request, out var name, out var reason)) return run.Refuse(reason);
            if (request.Trace || request.Twice || request.Minimize) return await new DnsTraceRun(run, request, Context).RunAsync(name, cancellation);
            return await OneAsync(name, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Complain("interrupted before an answer came", ExitStatus.Unknown);
        }
    }

    /// <summary>The name to ask for, from what was written: an internationalized one by IDNA, an address by its reverse zone.</summary>
    internal static bool TryGetName(DnsRequest request, out DnsName name, out string reason)
    {
        name = DnsName.Root;
        reason = "";
        if (request.Reverse is { } address)
        {
            name = DnsName.Parse(ReverseZones.NameOf(address));
            return true;
        }

        if (request.Name is null) return true;
        var text = request.Name;
        if (!text.All(char.IsAscii))
        {
            if (!Idna.TryToAscii(text, IdnaOptions.Url, out var ascii, out var error))
            {
                reason = $"\"{request.Name}\" is no internationalized name: {error}";
                return false;
            }

            text = ascii;
        }

        if (DnsName.TryParse(text, out var parsed, out reason))
        {
            name = parsed;
            return true;
        }

        reason = $"\"{request.Name}\" is no domain name: {reason}";
        return false;
    }

    private async Task<int> OneAsync(DnsName name, CancellationToken cancellation)
    {
        var (servers, configuration, status) = await ServersAsync(cancellation);
        if (servers is null) return status;
        var resolution = await AskAsync(request.Name, name, request.TypeOrUsual, servers, configuration, cancellation);
        var view = new DnsAnswerView(run, request, name, resolution, configuration);
        view.Write();
        return view.Status;
    }

    private async Task<StubResolution> AskAsync(
        string? text, DnsName name, DnsType type, IReadOnlyList<IpEndpoint> servers, ResolverConfiguration? configuration, CancellationToken cancellation)
    {
        // Only a stub's own servers get the search list, and only a name that is not written as absolute (resolv.conf(5)).
        IReadOnlyList<DnsName> names = configuration is null || text is null || text.EndsWith('.') || !request.Search || request.Reverse is not null
            ? [name]
            : NameResolution.Candidates(name.ToString(), configuration);
        return await StubResolution.AskAsync(Context, servers, names, new DnsQuestion(name, type, request.Class), request.Query, cancellation);
    }

    /// <summary>The servers to ask; null with a status where there are none. The configuration is there for the system's own.</summary>
    private async Task<(IReadOnlyList<IpEndpoint>? Servers, ResolverConfiguration? Configuration, int Status)> ServersAsync(CancellationToken cancellation)
    {
        if (request.Server is { } text && IpAddress.TryParse(text, out var address))
        {
            return request.Version is { } version && address.Version != version
                ? (null, null, run.Refuse($"@{text} is not an address of the version that -4 or -6 asks for"))
                : ([new IpEndpoint(address, request.Port)], null, 0);
        }

        if (!(await run.Host.GetResolverConfigurationAsync(cancellation)).TryGet(out var configuration, out var refusal)) return (null, null, run.CannotTell(refusal));
        if (request.Server is null)
        {
            var servers = configuration.Servers.Where(s => request.Version is not { } v || s.Address.Version == v)
                .Select(s => request.Port == 53 ? s : s with { Port = request.Port }).ToList();
            return servers.Count > 0 ? (servers, configuration, 0) : (null, null, run.CannotTell($"no name server is configured in {configuration.Source}; name one: @192.0.2.53"));
        }

        // @NAME: its addresses, by the system's own way.
        if (!DnsName.TryParse(request.Server, out var host, out var reason)) return (null, null, run.Refuse($"@{request.Server} is neither an address nor a name: {reason}"));
        var addresses = configuration.FindInHostsFile(request.Server).ToList();
        foreach (var type in (DnsType[])[DnsType.A, DnsType.Aaaa])
        {
            if (addresses.Count > 0) break;
            var found = await StubResolution.AskAsync(Context, configuration.Servers, [host], new DnsQuestion(host, type), new DnsQueryOptions(), cancellation);
            if (found.Settled is { } settled) addresses.AddRange(AliasChain.Follow(settled.Message, settled.Question).Addresses);
        }

        addresses.RemoveAll(a => request.Version is { } v && a.Version != v);
        return addresses.Count > 0
            ? ([.. addresses.Select(a => new IpEndpoint(a, request.Port))], null, 0)
            : (null, null, run.Complain($"@{request.Server}: the server's own address was not found", ExitStatus.Broken));
    }

    private async Task<int> HostsAsync(CancellationToken cancellation)
    {
        if (request.Name is null or "-") return run.Refuse("--hosts needs a name: fathom dns localhost --hosts");
        if (!(await run.Host.GetResolverConfigurationAsync(cancellation)).TryGet(out var configuration, out var refusal)) return run.CannotTell(refusal);
        var entries = configuration.HostsFile.Where(e => e.Names.Any(n => n.Equals(request.Name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))).ToList();
        if (!run.IsText)
        {
            run.WriteJson("fathom.dns-hosts/1", writer =>
            {
                writer.WriteString("name", request.Name);
                writer.WriteString("file", configuration.HostsSource);
                writer.WriteStartArray("entries");
                foreach (var entry in entries)
                {
                    writer.WriteStartObject();
                    writer.WriteString("address", entry.Address.ToString());
                    writer.WriteNumber("line", entry.Line);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
        }
        else
        {
            foreach (var entry in entries) await run.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{request.Name}  {entry.Address}  {configuration.HostsSource} line {entry.Line}"));
            if (entries.Count == 0) run.Complain($"{configuration.HostsSource} has no entry for {request.Name}", ExitStatus.Broken);
        }

        run.WriteAside("Programs that ask the system for a name read this file first and believe it; dig and this command's other forms ask the DNS and never see it.", $"getent hosts {request.Name}");
        return entries.Count > 0 ? ExitStatus.Good : ExitStatus.Broken;
    }

    private async Task<int> ListAsync(CancellationToken cancellation)
    {
        if (request.Trace || request.Twice || request.Minimize) return run.Refuse("a walk takes one name, not a list: give the name in place of \"-\"");
        var (servers, configuration, status) = await ServersAsync(cancellation);
        if (servers is null) return status;
        status = ExitStatus.Good;
        var running = new Queue<Task<int>>();
        await foreach (var (line, text) in InputLines.ReadAsync(StandardInput.OpenLines(), cancellation))
        {
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var type = request.Type ?? DnsType.A;
            if (words.Length > 2 || (words.Length == 2 && !DnsMnemonics.TryParseType(words[1], out type)))
            {
                status = ExitStatus.Worst(status, run.Refuse($"line {line}: expected NAME or NAME TYPE, found \"{text}\""));
                continue;
            }

            var single = request with { Name = words[0], Type = type, Short = request.Short };
            if (!TryGetName(single, out var name, out var reason))
            {
                status = ExitStatus.Worst(status, run.Refuse($"line {line}: {reason}"));
                continue;
            }

            // In the order of the input: the oldest question is waited for when there are enough under way.
            if (running.Count >= Concurrency) status = ExitStatus.Worst(status, await running.Dequeue());
            var before = running.LastOrDefault() ?? Task.FromResult(0);
            running.Enqueue(LineAsync(single, name, servers, configuration, before, cancellation));
        }

        while (running.TryDequeue(out var task)) status = ExitStatus.Worst(status, await task);
        return status;
    }

    private async Task<int> LineAsync(
        DnsRequest single, DnsName name, IReadOnlyList<IpEndpoint> servers, ResolverConfiguration? configuration, Task<int> before, CancellationToken cancellation)
    {
        var resolution = await AskAsync(single.Name, name, single.TypeOrUsual, servers, configuration, cancellation);
        await before;
        var view = new DnsAnswerView(run, single, name, resolution, configuration);
        view.WriteLine();
        return view.Status;
    }
}
