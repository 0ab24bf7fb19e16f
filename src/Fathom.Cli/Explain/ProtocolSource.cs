using System.Globalization;
using Fathom.Cli.Dissect;
using Fathom.Wire.Explanation;

namespace Fathom.Cli.Explain;

/// <summary>Protocols, with their headers drawn and their fields explained.</summary>
internal sealed class ProtocolSource : ITermSource
{
    public IEnumerable<string> Terms => ProtocolGlossary.All.SelectMany(static p => p.Aliases.Prepend(p.Name));

    public IEnumerable<TermAnswer> Find(string term)
    {
        var entry = ProtocolGlossary.Find(term);
        if (entry is null) yield break;
        yield return new TermAnswer("protocol", entry.Name == entry.FullName ? entry.Name : $"{entry.Name}, {entry.FullName}", entry.Purpose)
        {
            Facts =
            [
                ("TCP/IP layer", LayerNames.Of(entry.Layer)),
                ("OSI layer", $"{LayerNames.Osi(entry)} ({string.Join(", ", entry.Osi.Select(static n => OsiLayer.All[7 - n].Name.ToLowerInvariant()))})"),
                ("unit of data", entry.Unit),
                ("standard", entry.Standard),
                ("numbers", string.Join(", ", entry.Numbers)),
                ("rides on", string.Join(", ", entry.RidesOn)),
                ("carries", string.Join(", ", entry.Carries)),
                ("in Fathom", entry.IsDissected ? "taken apart by 'fathom dissect'" : "not taken apart yet: 'fathom dissect' shows it as data"),
            ],
            Drawings = [.. entry.Headers.Select(static h => (h.Name, HeaderDrawing.Draw(h)))],
            Rows = [.. entry.Headers.SelectMany(Rows).Distinct()],
        };
    }

    private static IEnumerable<(string, string, string)> Rows(HeaderLayout layout)
    {
        foreach (var field in layout.Fields)
            yield return (field.Name, Bits(field.BitLength), FieldGlossary.Find(layout.Protocol, field.Name) ?? string.Empty);
    }

    /// <summary>"1 bit", "16 bits".</summary>
    internal static string Bits(int count) => count == 1 ? "1 bit" : string.Create(CultureInfo.InvariantCulture, $"{count} bits");
}
