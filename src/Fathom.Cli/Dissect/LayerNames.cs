using Fathom.Wire.Dissection;
using Fathom.Wire.Explanation;

namespace Fathom.Cli.Dissect;

/// <summary>A dissected layer's name, place in the models, and color.</summary>
internal static class LayerNames
{
    /// <summary>"TCP"; "data" stays as it is.</summary>
    public static string Name(DissectedLayer layer) => ProtocolGlossary.Find(layer.Protocol)?.Name ?? layer.Protocol;

    /// <summary>The layer in the TCP/IP model; of data, the application's.</summary>
    public static ModelLayer Model(DissectedLayer layer) => ProtocolGlossary.Find(layer.Protocol)?.Layer ?? ModelLayer.Application;

    /// <summary>The layers in the OSI model: "3", "5–7".</summary>
    public static string Osi(DissectedLayer layer) => ProtocolGlossary.Find(layer.Protocol) is { } entry ? Osi(entry) : "7";

    /// <summary>The layers in the OSI model: "3", "5–7", "2, 7".</summary>
    public static string Osi(ProtocolEntry entry)
    {
        var (first, last) = (entry.Osi[0], entry.Osi[^1]);
        return first == last ? $"{first}" : last - first == entry.Osi.Count - 1 ? $"{first}–{last}" : string.Join(", ", entry.Osi);
    }

    /// <summary>"link".</summary>
    public static string Of(ModelLayer layer) => layer switch
    {
        ModelLayer.Link => "link",
        ModelLayer.Internet => "internet",
        ModelLayer.Transport => "transport",
        _ => "application",
    };

    /// <summary>The color in which a layer's octets and heading are shown on a terminal.</summary>
    public static string Color(DissectedLayer layer) => Model(layer) switch
    {
        ModelLayer.Link => "yellow",
        ModelLayer.Internet => "green",
        ModelLayer.Transport => "aqua",
        _ => layer.Protocol == "data" ? "grey" : "fuchsia",
    };
}
