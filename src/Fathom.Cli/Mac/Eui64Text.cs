using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Mac;

/// <summary>What a 64-bit identifier says of its holder.</summary>
internal static class Eui64Text
{
    private const string Explanation = "An EUI-64 is an identifier of 64 bits; like a MAC address it begins with the maker's block, and its first octet has the same two flag bits. IEEE 802.15.4 radios (Zigbee, Thread) and FireWire are addressed so, and IPv6 makes interface identifiers of it by inverting the U/L bit, so that 2:0:0:1 by hand is short.";

    public static void Show(CommandRun run, string text, ulong eui, bool several)
    {
        run.WriteHeading(text);
        run.Console.Write(Listing.Fields(Rows(eui)));
        run.WriteAside(Explanation);
        if (several) run.Output.WriteLine();
    }

    private static IEnumerable<(string Label, string Value)> Rows(ulong eui)
    {
        // The maker's block and the flag bits stand where a MAC address has them.
        var front = MacAddress.FromValue(eui >> 16);
        var octets = Eui64.ToText(eui);
        yield return ("EUI-64", octets);
        yield return ("also written", $"{octets.Replace(':', '-').ToUpperInvariant()}  {eui:x16}");
        yield return ("first octet", $"{(byte)(eui >> 56):b8}: the last bit is I/G, the one before it U/L");
        yield return ("I/G bit", front.IsGroup ? "1: a group" : "0: one interface");
        yield return ("U/L bit", front.IsLocal ? "1: set by software (locally administered)" : "0: given by the maker (universally administered)");
        yield return ("assigned to", front.IsLocal ? string.Empty : MacCommand.VendorText(front, 12));
        if (Eui64.TryGetMac(eui, out var mac)) yield return ("made of", $"MAC address {mac}, with ff:fe put in the middle");
        if (InterfaceIdentifier.TryGetMac(eui, out var inside)) yield return ("or, from IPv6", $"as the end of an IPv6 address, its U/L bit is inverted: MAC address {inside}");
        yield return ("in IPv6", $"{Eui64.ToText(InterfaceIdentifier.FromEui64(eui))}, the U/L bit inverted");
        yield return ("link-local", InterfaceIdentifier.LinkLocalOf(InterfaceIdentifier.FromEui64(eui)).ToString());
    }
}
