using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;

namespace Fathom.Cli.Capture;

/// <summary><c>fathom capture</c>: the packets that cross this machine's interfaces, as they do.</summary>
internal static class CaptureCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var expression = new Argument<string[]>("expression") { Description = "Only packets that this pcap-filter expression means: tcp port 443.", Arity = ArgumentArity.ZeroOrMore };
        var networkInterface = new Option<string>("--interface", "-i") { Description = "The interface, by name or number; any is all of them.", DefaultValueFactory = static _ => "any", HelpName = "IFACE" };
        var write = new Option<string?>("--write", "-w") { Description = "Save the packets to this file (pcapng) instead of listing them; - is standard output.", HelpName = "FILE" };
        var print = new Option<bool>("--print") { Description = "List them too, with --write." };
        var count = new Option<int?>("--count", "-c") { Description = "Stop after so many packets.", HelpName = "N" };
        var filter = new Option<string?>("--filter", "-f") { Description = "The same as the expression, in one word.", HelpName = "EXPR" };
        var snap = new Option<int>("--snapshot-length", "-s") { Description = "Octets of each packet to keep; 0 for all.", HelpName = "N" };
        var quiet = new Option<bool>("--no-promiscuous-mode", "-p") { Description = "Do not ask the interface for packets that are addressed to others." };
        var tree = new Option<bool>("--tree", "-V") { Description = "Show each packet field by field." };
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("capture", "Show the packets that cross this machine's interfaces, as they do; save them.")
        {
            expression, networkInterface, write, print, count, filter, snap, quiet, tree, output, explain, equivalent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            var words = parsed.GetValue(expression) ?? [];
            if (words.FirstOrDefault(static w => w.Length > 1 && w[0] == '-') is { } unknown) return run.Refuse($"unknown option '{unknown}'; 'fathom capture --help' lists the options");
            if (words.Length > 0 && parsed.GetValue(filter) is not null) return run.Refuse("the filter is given twice, as words and by --filter");
            if (parsed.GetValue(count) is < 1) return run.Refuse("--count: expected a number from 1");
            if (parsed.GetValue(snap) is < 0 or > CaptureRun.LargestSnapLength) return run.Refuse($"--snapshot-length: expected 0 to {CaptureRun.LargestSnapLength}");
            if (parsed.GetValue(write) == "-" && (parsed.GetValue(print) || !run.IsText || parsed.GetValue(tree))) return run.Refuse("--write -: standard output holds the capture, and nothing else can be written there");
            PacketSelector? selector = null;
            var text = words.Length > 0 ? string.Join(' ', words) : parsed.GetValue(filter);
            if (text is not null && !PacketSelector.TryCreate(text, out selector, out var wrong)) return run.Refuse(wrong);
            using (selector)
            {
                var request = new CaptureRequest(
                    parsed.GetValue(networkInterface)!, parsed.GetValue(write), parsed.GetValue(print), parsed.GetValue(count), parsed.GetValue(snap), !parsed.GetValue(quiet), parsed.GetValue(tree));
                return await new CaptureRun(run, request, selector, text).RunAsync(cancellation);
            }
        });
        return command;
    }
}
