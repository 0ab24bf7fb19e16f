using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Route;

/// <summary><c>fathom route TARGET</c>: which interface, next hop and source address this host would use. Nothing is sent to the target.</summary>
internal static class RouteCommand
{
    public static Command Create()
    {
        var targets = new Argument<string[]>("TARGET") { Description = "Addresses or names; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("route", "Say which way a packet to a target would take: interface, next hop, source address.") { targets, v4, v6, output, explain, equivalent };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;
            if (!(await run.Host.GetInterfacesAsync(cancellation)).TryGet(out var interfaces, out var refusal)) return run.CannotTell(refusal);
            var texts = parsed.GetValue(targets)!;
            if (texts is not ["-"] && texts.FirstOrDefault(static t => Problem(t) is not null) is { } bad) return run.Refuse($"'{bad}': {Problem(bad)}");
            var status = ExitStatus.Good;
            var lines = texts is ["-"] ? InputLines.ReadAsync(StandardInput.OpenLines(), cancellation) : texts.Select(static (t, i) => (i, t)).ToAsyncEnumerable();
            await foreach (var (number, text) in lines)
            {
                var one = Problem(text) is { } problem ? run.Refuse($"line {number}: '{text}': {problem}") : await RunOneAsync(run, interfaces, text, version, cancellation);
                status = ExitStatus.Worst(status, one);
            }

            return status;
        });
        return command;
    }

    // What looks like an address and is none must not be asked of a resolver: 010.1.1.1 would mean something else to each program.
    private static string? Problem(string text)
    {
        if (IpAddress.TryParse(text, out _, out var error)) return null;
        if (text.Contains('%') && AddressInput.TryRead(text, out var input, out _)) return input.Prefix is null ? null : "a target has no prefix length";
        if (text.Contains(':') || text.All(static c => char.IsAsciiDigit(c) || c == '.') || text.Contains('/')) return $"not an address: {error}";
        return text.Length > 253 || text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) ? "neither an address nor a name" : null;
    }

    private static async Task<int> RunOneAsync(CommandRun run, IReadOnlyList<HostInterface> interfaces, string text, IpVersion? version, CancellationToken cancellation)
    {
        IReadOnlyList<IpAddress> addresses;
        var source = string.Empty;
        switch (await HostLookup.RunAsync(ProbeContext.WithoutCapture(run.Host), text, version, cancellation))
        {
            case HostLookupOutcome.Found found:
                (addresses, source) = (found.Addresses, found.Source);
                break;
            case HostLookupOutcome.Failed failed:
                return run.Complain(failed.Reason, ExitStatus.Broken);
            case HostLookupOutcome.Wrong wrong:
                return run.Refuse($"'{text}': {wrong.Reason}");
            case HostLookupOutcome.CannotTell no:
                return run.CannotTell(no.Refusal);
            default:
                return ExitStatus.Unknown;
        }

        var status = ExitStatus.Good;
        foreach (var address in addresses)
        {
            var answer = await run.Host.FindRouteAsync(address, cancellation);
            if (!answer.TryGet(out var route, out var refusal))
            {
                status = ExitStatus.Worst(status, run.CannotTell(refusal));
                continue;
            }

            status = ExitStatus.Worst(status, route.IsUsable ? ExitStatus.Good : ExitStatus.Broken);
            var link = interfaces.FirstOrDefault(i => i.Index == route.InterfaceIndex);
            if (run.IsText) RouteText.Show(run, text, source, route, link);
            else RouteJson.Write(run, text, route, link);
        }

        return status;
    }
}
