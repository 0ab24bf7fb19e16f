using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Mac;

/// <summary><c>fathom mac</c>: what a MAC address says of its holder.</summary>
internal static class MacCommand
{
    private const string Schema = "fathom.mac/1";

    public static Command Create()
    {
        var addresses = new Argument<string[]>("MAC") { Description = "A MAC address in any notation, its first 6, 7 or 9 digits, or an EUI-64; or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
        var (output, explain, equivalent) = (CommandOptions.Output(), CommandOptions.Explain(), CommandOptions.ShowEquivalent());
        var command = new Command("mac", "Take a MAC address apart: its two flag bits, who made the interface, what IPv6 makes of it.") { addresses, output, explain, equivalent };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(CommandRun.From(parsed, output, explain, equivalent), parsed.GetValue(addresses)!, cancellation)));
        return command;
    }

    private static int Run(CommandRun run, string[] texts, CancellationToken cancellation)
    {
        var isList = texts is ["-"];
        var status = ExitStatus.Good;
        if (!isList)
        {
            foreach (var text in texts)
            {
                if (!Eui64.TryParse(text, out _) && !MacAddressText.TryParse(text, out _, out _, out _, out var error)) return run.Refuse($"'{text}' is not a MAC address: {error}");
            }
        }

        foreach (var (number, text) in isList ? InputLines.Read(StandardInput.OpenLines(), cancellation) : texts.Select(static t => (0, t)))
        {
            if (Eui64.TryParse(text, out var eui))
            {
                if (!run.IsText) run.WriteJson(Schema, json => MacJson.Write(json, text, eui));
                else if (isList) run.Output.WriteLine(Line(eui));
                else Eui64Text.Show(run, text, eui, texts.Length > 1);
            }
            else if (!MacAddressText.TryParse(text, out var mac, out var digits, out _, out var error)) status = run.Refuse($"line {number}: '{text}': {error}");
            else if (!run.IsText) run.WriteJson(Schema, json => MacJson.Write(json, text, mac, digits));
            else if (isList) run.Output.WriteLine(Line(mac, digits));
            else Show(run, text, mac, digits, texts.Length > 1);
        }

        return status;
    }

    private static void Show(CommandRun run, string text, MacAddress mac, int digits, bool several)
    {
        run.WriteHeading(text);
        run.Console.Write(Listing.Fields(Rows(mac, digits)));
        run.WriteAside(Explanation(mac), $"grep -i ^{mac.ToText(MacNotation.Bare)[..6].ToUpperInvariant()} /usr/share/ieee-data/oui.txt", "ip -br link");
        if (several) run.Output.WriteLine();
    }

    private static IEnumerable<(string Label, string Value)> Rows(MacAddress mac, int digits)
    {
        if (digits < 12)
        {
            yield return ("assignment", VendorText(mac, digits));
            yield break;
        }

        yield return ("address", mac.ToString());
        yield return ("also written", string.Join("  ", mac.ToText(MacNotation.Hyphen), mac.ToText(MacNotation.Dot), mac.ToText(MacNotation.Bare)));
        yield return ("first octet", $"{(byte)(mac.Value >> 40):b8}: the last bit is I/G, the one before it U/L");
        yield return ("I/G bit", mac == MacAddress.Broadcast ? "1: every interface on the link (broadcast)" : mac.IsGroup ? "1: a group of interfaces (multicast)" : "0: one interface (unicast)");
        yield return ("U/L bit", mac.IsLocal ? "1: set by software (locally administered), likely random" : "0: given by the maker (universally administered)");
        yield return ("assigned to", mac.IsLocal ? string.Empty : VendorText(mac.IsGroup ? MacAddress.FromValue(mac.Value & ~(1UL << 40)) : mac, digits));
        if (MulticastMapping.GroupsOf(mac) is { } groups) yield return ("carries", groups);
        if (mac.IsGroup) yield break;
        yield return ("EUI-64", $"{Eui64.ToText(Eui64.FromMac(mac))}; in IPv6, with the U/L bit inverted, {Eui64.ToText(InterfaceIdentifier.FromMac(mac))}");
        yield return ("link-local", InterfaceIdentifier.LinkLocalOf(mac).ToString());
    }

    internal static string VendorText(MacAddress mac, int digits) => OuiRegistry.Find(mac, digits) is { } found
        ? $"{found.Organization} ({found.PrefixText}, {found.Kind}: {NumberText.Of(1L << (48 - found.Length))} addresses)"
        : "nobody in the IEEE's public registry of 2024-07-22";

    private static string Line(MacAddress mac, int digits)
        => $"{mac.ToString()[..(digits == 12 ? 17 : (digits * 3 / 2) - 1 + (digits % 2))],-17}  {(mac.IsLocal ? "local" : mac.IsGroup ? "group" : "universal"),-9}  {(mac.IsLocal ? "-" : OuiRegistry.Find(mac, digits)?.Organization ?? "-")}";

    private static string Line(ulong eui)
    {
        var front = MacAddress.FromValue(eui >> 16);
        return $"{Eui64.ToText(eui)}  {(front.IsLocal ? "local" : front.IsGroup ? "group" : "universal"),-9}  {(front.IsLocal ? "-" : OuiRegistry.Find(front)?.Organization ?? "-")}";
    }

    private static string Explanation(MacAddress mac) => mac switch
    {
        { IsGroup: true } => "The first octet is odd: this is no interface's own address, it can only be a destination. A switch sends such a frame out of all its ports, unless it has learned who listens.",
        { IsLocal: true } => string.Create(CultureInfo.InvariantCulture, $"The second lowest bit of the first octet ({mac.Value >> 40:x2}) is set: no maker gave this address. Phones and laptops make up such an address for each network, so that they cannot be followed; virtual machines and containers have them too. A registry can say nothing of it."),
        _ => "The IEEE sells blocks of addresses to makers, who count through the rest. So the first digits tell who made the interface (not what it is), and the address stays the same wherever it goes: it identifies the device to everybody on the link.",
    };
}
