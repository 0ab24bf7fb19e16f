using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary><c>fathom dissect</c>: takes captured packets apart.</summary>
internal static class DissectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var input = new Argument<string[]>("input") { Description = "A pcap or pcapng file, '-' for standard input, or a packet in hexadecimal.", Arity = ArgumentArity.OneOrMore };
        var packet = new Option<int?>("--packet", "-p") { Description = "Show this packet, field by field (from 1).", HelpName = "N" };
        var field = new Option<string?>("--field") { Description = "Mark the octets of this field: flags, or tcp.flags.", HelpName = "NAME" };
        var filter = new Option<string?>("--filter", "-f") { Description = "Only packets that this pcap-filter expression means: 'tcp port 443'.", HelpName = "EXPR" };
        var follow = new Option<int?>("--follow") { Description = "Show what both sides of this packet's TCP or UDP conversation said.", HelpName = "N" };
        var layers = new Option<bool>("--layers") { Description = "Show how the layers wrapped and unwrap each packet." };
        var count = new Option<int?>("--count", "-c") { Description = "Stop after so many packets.", HelpName = "N" };
        var linkType = new Option<string?>("--link-type") { Description = $"What the packets begin with: {string.Join(", ", LinkTypeText.Known)}, or a LINKTYPE_ number.", HelpName = "TYPE" };
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var equivalent = CommandOptions.ShowEquivalent();
        var command = new Command("dissect", "Take packets apart: a list, one packet field by field, or its layers.")
        {
            input, packet, field, filter, follow, layers, count, linkType, output, explain, equivalent,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var run = CommandRun.From(parsed, output, explain, equivalent);
            var words = parsed.GetValue(input)!;
            if (words.FirstOrDefault(static w => w.Length > 1 && w[0] == '-') is { } unknown) return Task.FromResult(run.Refuse($"unknown option '{unknown}'; 'fathom dissect --help' lists the options"));
            if (parsed.GetValue(packet) is < 1) return Task.FromResult(run.Refuse("--packet: packets are numbered from 1"));
            if (parsed.GetValue(count) is < 1) return Task.FromResult(run.Refuse("--count: expected a number from 1"));
            if (parsed.GetValue(follow) is < 1) return Task.FromResult(run.Refuse("--follow: packets are numbered from 1"));
            if (parsed.GetValue(follow) is not null && (parsed.GetValue(packet) is not null || parsed.GetValue(layers) || parsed.GetValue(filter) is not null || parsed.GetValue(count) is not null))
                return Task.FromResult(run.Refuse("--follow shows one conversation: --packet, --layers, --filter and --count do not go with it"));
            int? type = null;
            if (parsed.GetValue(linkType) is { } text)
            {
                if (!LinkTypeText.TryParse(text, out var number)) return Task.FromResult(run.Refuse($"--link-type {text}: expected {string.Join(", ", LinkTypeText.Known)}, or a number up to 65535"));
                type = number;
            }

            PacketSelector? selector = null;
            if (parsed.GetValue(filter) is { } expression && !PacketSelector.TryCreate(expression, out selector, out var wrong)) return Task.FromResult(run.Refuse(wrong));
            using (selector)
            {
                if (!PacketSource.TryOpen(words, type, out var source, out var reason)) return Task.FromResult(run.Refuse(reason));
                using (source)
                {
                    if (parsed.GetValue(follow) is { } number) return Task.FromResult(new FollowRun(run, source, number).Run(words[0], cancellation));
                    var choice = parsed.GetValue(field) is { Length: > 0 } chosen ? new FieldChoice(chosen) : null;
                    return Task.FromResult(new DissectRun(run, source, selector, parsed.GetValue(packet), choice, parsed.GetValue(layers), parsed.GetValue(count)).Run(words[0], cancellation));
                }
            }
        });
        return command;
    }
}
