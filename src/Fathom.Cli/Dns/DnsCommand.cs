using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Dns;

/// <summary><c>fathom dns</c>: a question to the DNS, and the walk from the root.</summary>
internal static class DnsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var words = new Argument<string[]>("question")
        {
            Description = "[@SERVER] NAME [TYPE] [CLASS] [+OPTION], as dig has it; \"-\" reads NAME [TYPE] lines from standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var name = new Option<string>("-q", "--name") { Description = "The name, where it could be taken for a type.", HelpName = "NAME" };
        var type = new Option<string>("-t", "--type") { Description = "The record type: A, MX, TYPE65 …", HelpName = "TYPE" };
        var reverse = new Option<string>("-x", "--reverse") { Description = "The name of this address (PTR).", HelpName = "ADDRESS" };
        var port = new Option<int>("-p", "--port") { Description = "The server's port.", HelpName = "PORT", DefaultValueFactory = static _ => 53 };
        var trace = new Option<bool>("--trace") { Description = "Walk from the root, and show every referral (+trace)." };
        var cache = new Option<bool>("--cache") { Description = "Walk, then ask again: what the cache still knows." };
        var minimize = new Option<bool>("--minimize") { Description = "Walk, and show each server no more of the name than it needs (RFC 9156)." };
        var root = new Option<string>("--root") { Description = "Root hints for the walk: a master file.", HelpName = "FILE" };
        var serverPort = new Option<int>("--server-port") { Description = "The port of the servers on the walk.", HelpName = "PORT", DefaultValueFactory = static _ => 53 };
        var shortForm = new Option<bool>("--short") { Description = "The data only, a line each (+short)." };
        var tcp = new Option<bool>("--tcp") { Description = "Over TCP (+tcp)." };
        var noRecurse = new Option<bool>("--norecurse") { Description = "Do not ask for recursion (+norecurse)." };
        var dnssec = new Option<bool>("--dnssec") { Description = "Ask for signatures, DO (+dnssec)." };
        var cd = new Option<bool>("--cd") { Description = "Ask for no validation, CD (+cd)." };
        var noEdns = new Option<bool>("--noedns") { Description = "Without EDNS (+noedns)." };
        var nsid = new Option<bool>("--nsid") { Description = "Ask which server it is (+nsid)." };
        var bufsize = new Option<string>("--bufsize") { Description = "Octets of UDP answer to accept (+bufsize=N).", HelpName = "N" };
        var subnet = new Option<string>("--subnet") { Description = "Claim this client subnet (+subnet=PREFIX).", HelpName = "PREFIX" };
        var hosts = new Option<bool>("--hosts") { Description = "What the hosts file says, which programs believe before the DNS." };
        var timeout = new Option<double>("--timeout") { Description = "Seconds to wait for each server.", HelpName = "SECONDS", DefaultValueFactory = static _ => 4.5 };
        var (v4, v6) = (CommandOptions.V4(), CommandOptions.V6());
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("dns", "Ask the DNS: any record, of any server; or walk from the root: fathom dns example.com --trace")
        {
            words, name, type, reverse, port, trace, cache, minimize, root, serverPort, shortForm, tcp, noRecurse, dnssec, cd, noEdns, nsid, bufsize, subnet, hosts, timeout, v4, v6,
            output, explain, equivalent, DnsServeCommand.Create(),
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            if (!run.TryGetTimeout(parsed, timeout, out var wait) || !run.TryGetVersion(parsed, v4, v6, out var version)) return ExitStatus.Usage;

            // The long forms are dig's words spelled as options: one reader serves both.
            var all = new List<string>();
            void Word(Option<bool> option, string word)
            {
                if (parsed.GetValue(option)) all.Add(word);
            }

            Word(trace, "+trace");
            Word(minimize, "+qmin");
            Word(shortForm, "+short");
            Word(tcp, "+tcp");
            Word(noRecurse, "+norecurse");
            Word(dnssec, "+dnssec");
            Word(cd, "+cd");
            Word(noEdns, "+noedns");
            Word(nsid, "+nsid");
            if (parsed.GetValue(bufsize) is { } size) all.Add("+bufsize=" + size);
            if (parsed.GetValue(subnet) is { } prefix) all.Add("+subnet=" + prefix);
            all.AddRange(parsed.GetValue(words) ?? []);

            var request = new DnsRequest
            {
                Name = parsed.GetValue(name),
                RootFile = parsed.GetValue(root),
                Hosts = parsed.GetValue(hosts),
                Twice = parsed.GetValue(cache),
                Version = version,
            };
            request = request with { Query = request.Query with { Timeout = wait } };
            if (parsed.GetValue(type) is { } typeText)
            {
                if (!DnsMnemonics.TryParseType(typeText, out var wanted)) return run.Refuse($"-t {typeText}: expected a record type: A, MX, TYPE65 …");
                request = request with { Type = wanted };
            }

            if (parsed.GetValue(reverse) is { } reverseText)
            {
                if (!IpAddress.TryParse(reverseText, out var address)) return run.Refuse($"-x {reverseText}: expected an IPv4 or IPv6 address");
                request = request with { Reverse = address };
            }

            foreach (var (option, number) in new[] { (port, parsed.GetValue(port)), (serverPort, parsed.GetValue(serverPort)) })
            {
                if (number is < 1 or > 65535) return run.Refuse(string.Create(CultureInfo.InvariantCulture, $"{option.Name} {number}: expected a port from 1 to 65535"));
            }

            request = request with { Port = (ushort)parsed.GetValue(port), ServerPort = (ushort)parsed.GetValue(serverPort) };
            if (DnsWords.Read(all, request, out var reason) is not { } read) return run.Refuse(reason);
            return await new DnsRunner(run, read).RunAsync(cancellation);
        });
        return command;
    }
}
