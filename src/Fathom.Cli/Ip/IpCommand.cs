using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ip;

/// <summary><c>fathom ip</c>: all that can be said of an address, or of an address in its prefix, without asking anybody.</summary>
internal static class IpCommand
{
    public static Command Create()
    {
        var addresses = new Argument<string[]>("ADDRESS") { Description = "An address, with or without /LENGTH or /NETMASK; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var contains = new Option<string>("--contains") { Description = "Is this address or prefix in the prefix? Exit status 1 if not.", HelpName = "ADDRESS" };
        var nth = new Option<string>("--nth") { Description = "The address at this place of the prefix: 0 is the first, -1 the last.", HelpName = "N" };
        var slaac = new Option<string>("--mac") { Description = "The address that a host with this MAC address makes itself in the /64 (EUI-64).", HelpName = "MAC" };
        var secret = new Option<string>("--stable-secret") { Description = "A stable private address in the /64 (RFC 7217), from this secret of 32 or more hex digits.", HelpName = "HEX" };
        var name = new Option<string>("--interface") { Description = "For --stable-secret: the interface's name.", DefaultValueFactory = static _ => "eth0", HelpName = "NAME" };
        var nat64 = new Option<string>("--nat64") { Description = "The IPv6 address of an IPv4 host behind this NAT64 prefix, or the way back.", HelpName = "PREFIX" };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("ip", "Take an IPv4 or IPv6 address apart: bits, network, hosts, scope, purpose, other notations.") { addresses, contains, nth, slaac, secret, name, nat64, output, explain, equivalent };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            var extras = new IpExtras(parsed.GetValue(contains), parsed.GetValue(nth), parsed.GetValue(slaac), parsed.GetValue(secret), parsed.GetValue(name)!, parsed.GetValue(nat64));
            return Task.FromResult(Run(run, parsed.GetValue(addresses)!, extras, cancellation));
        });
        return command;
    }

    private static int Run(CommandRun run, string[] texts, IpExtras extras, CancellationToken cancellation)
    {
        if (texts is ["-"]) return extras.Any ? run.Refuse("a list on standard input takes none of --contains, --nth, --mac, --stable-secret and --nat64") : IpList.Run(run, cancellation);
        var work = new List<(AddressInput Input, IReadOnlyList<IpExtra> Extras)>();
        foreach (var text in texts)
        {
            if (!AddressInput.TryRead(text, out var input, out var problem)) return run.Refuse($"'{text}' is not an address: {problem}");
            if (!extras.TryCompute(input, out var found, out problem)) return run.Refuse(problem);
            work.Add((input, found));
        }

        foreach (var (input, found) in work) Show(run, input, found, work.Count > 1);
        return work.Any(static w => w.Extras.Any(static e => e.IsNo)) ? ExitStatus.Broken : ExitStatus.Good;
    }

    private static void Show(CommandRun run, AddressInput input, IReadOnlyList<IpExtra> extras, bool several)
    {
        if (!run.IsText)
        {
            run.WriteJson(IpJson.Schema, json =>
            {
                IpJson.Write(json, input);
                foreach (var extra in extras) json.WriteString(extra.Member, extra.Value);
            });
            return;
        }

        run.WriteHeading(input.Text);
        run.Console.Write(Listing.Fields(IpText.Rows(input).Concat(extras.Select(static e => (e.Label, e.Text)))));
        run.WriteAside(IpExplanation.Of(input), Equivalents(input));
        if (several) run.Output.WriteLine();
    }

    private static string[] Equivalents(AddressInput input)
    {
        var text = input.Prefix is { } prefix ? $"{input.Address.WithZone(0)}/{prefix.Length}" : input.Address.WithZone(0).ToString();
        return [$"ipcalc {text}", $"python3 -c \"import ipaddress; i = ipaddress.ip_interface('{text}'); print(i.network, i.ip.exploded, i.ip.reverse_pointer)\""];
    }
}
