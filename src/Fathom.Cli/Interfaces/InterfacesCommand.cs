using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;

namespace Fathom.Cli.Interfaces;

/// <summary><c>fathom interfaces</c>: this host's interfaces, and how it leaves them.</summary>
internal static class InterfacesCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Only these interfaces.", Arity = ArgumentArity.ZeroOrMore };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("interfaces", "Show the interfaces: addresses, prefix, MTU, state, MAC, gateway, counters; and the resolvers.") { names, output, explain, equivalent };
        command.SetAction((parsed, cancellation) => RunAsync(CommandRun.From(parsed, output, explain, equivalent), parsed.GetValue(names) ?? [], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, string[] names, CancellationToken cancellation)
    {
        if (!(await run.Host.GetInterfacesAsync(cancellation)).TryGet(out var all, out var refusal)) return run.CannotTell(refusal);
        if (names.FirstOrDefault(n => all.All(i => i.Name != n)) is { } missing)
            return run.Refuse($"'{missing}': there is no interface by that name; there are {string.Join(", ", all.Select(static i => i.Name))}");
        // What only some systems tell is left out where it is not told, with a word on standard error.
        if (!(await run.Host.GetRoutesAsync(cancellation)).TryGet(out var routes, out refusal)) run.Complain(refusal.Reason, ExitStatus.Good);
        if (!(await run.Host.GetResolverConfigurationAsync(cancellation)).TryGet(out var resolvers, out refusal)) run.Complain(refusal.Reason, ExitStatus.Good);
        var shown = all.Where(i => names.Length == 0 || names.Contains(i.Name)).ToArray();
        if (run.IsText) Show(run, shown, routes ?? [], resolvers, withResolvers: names.Length == 0);
        else InterfacesJson.Write(run, shown, routes ?? [], resolvers);
        return ExitStatus.Good;
    }

    private static void Show(CommandRun run, HostInterface[] interfaces, IReadOnlyList<HostRoute> routes, ResolverConfiguration? resolvers, bool withResolvers)
    {
        foreach (var link in interfaces)
        {
            run.WriteHeading($"{link.Name}: {InterfaceText.State(link)}");
            run.Console.Write(Listing.Fields(InterfaceText.Rows(link, routes)));
        }

        if (withResolvers && resolvers is not null)
        {
            run.WriteHeading("resolvers");
            run.Console.Write(Listing.Fields(InterfaceText.ResolverRows(resolvers)));
        }

        run.WriteAside(InterfaceText.Explanation(interfaces, routes), "ip -s address", "ip route; ip -6 route", "cat /etc/resolv.conf");
    }
}
