using System.Globalization;
using Fathom.Cli.Dissect;
using Fathom.Wire.Explanation;

namespace Fathom.Cli.Explain;

/// <summary>The two models, side by side.</summary>
internal sealed class LayerSource : ITermSource
{
    public IEnumerable<string> Terms => ["layers", "osi", "tcp/ip", .. OsiLayer.All.Select(static l => $"layer {l.Number}")];

    public IEnumerable<TermAnswer> Find(string term)
    {
        var word = term.ToUpperInvariant();
        if (word is "LAYERS" or "LAYER" or "OSI" or "TCP/IP" or "TCPIP" or "MODEL" or "MODELS" or "OSI MODEL" or "TCP/IP MODEL")
        {
            yield return new TermAnswer("model", "Two models of the same thing", "OSI's seven layers (ISO/IEC 7498-1) are how people count; TCP/IP's four (RFC 1122) are how the Internet is built. Each layer speaks with its like on the other host, and uses the one below.")
            {
                Rows = [.. OsiLayer.All.Select(static l => (Head(l), Model(l), $"{l.Does}. Unit: {l.Unit}. Addresses: {l.Addresses}. {l.Protocols}"))],
            };
            yield break;
        }

        foreach (var layer in OsiLayer.All.Where(l => word == $"LAYER {l.Number}" || word == $"OSI {l.Number}" || word == $"{l.Name.ToUpperInvariant()} LAYER"))
        {
            var protocols = ProtocolGlossary.All.Where(p => p.Osi.Contains(layer.Number)).Select(static p => p.Name);
            yield return new TermAnswer("layer", $"OSI layer {layer.Number}, {layer.Name.ToLowerInvariant()}", Upper(layer.Does) + ".")
            {
                Facts = [("TCP/IP layer", Model(layer)), ("unit of data", layer.Unit), ("addresses", layer.Addresses), ("protocols", string.Join(", ", protocols)), ("standard", "ISO/IEC 7498-1; RFC 1122 §1.1.3")],
            };
        }
    }

    private static string Head(OsiLayer layer) => string.Create(CultureInfo.InvariantCulture, $"{layer.Number} {layer.Name}");

    private static string Model(OsiLayer layer) => layer.Model is { } model ? LayerNames.Of(model) : "(link)";

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
