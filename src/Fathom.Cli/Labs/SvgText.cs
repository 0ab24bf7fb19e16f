using System.Globalization;
using System.Security;
using System.Text;

namespace Fathom.Cli.Labs;

/// <summary>Writes an SVG picture that is readable on a light and on a dark background.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _body = new();

    /// <summary>Adds a line between two points.</summary>
    public void Line(double x1, double y1, double x2, double y2, string kind, string? marker = null)
        => _body.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"{(marker is null ? "" : $" marker-end=\"url(#{marker})\"")}/>\n");

    /// <summary>Adds a rectangle with round corners.</summary>
    public void Box(double x, double y, double width, double height, string kind, double radius = 6)
        => _body.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{radius:0.#}\"/>\n");

    /// <summary>Adds text.</summary>
    /// <param name="x">Where.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">Any text; it is escaped here.</param>
    /// <param name="kind">"name", "note", "label".</param>
    /// <param name="anchor">"start", "middle", "end".</param>
    public void Text(double x, double y, string text, string kind, string anchor = "start")
        => _body.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{SecurityElement.Escape(text)}</text>\n");

    /// <summary>The whole picture.</summary>
    /// <param name="width">Its width, in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    public string End(double width, double height, string title) => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{{width:0}}" height="{{height:0}}" viewBox="0 0 {{width:0}} {{height:0}}" role="img">
        <title>{{SecurityElement.Escape(title)}}</title>
        <style>
        svg { --paper: #ffffff; --ink: #1b1f24; --soft: #5b6570; --rule: #b6c0ca; --host: #eef4fb; --edge: #3f72af; --router: #fdf3e1; --redge: #b7791f; --net: #e9f7ee; --nedge: #2f855a; --bad: #c53030; }
        @media (prefers-color-scheme: dark) { svg { --paper: #14181d; --ink: #e6eaee; --soft: #9aa5b1; --rule: #46515c; --host: #1d2a3a; --edge: #7fb0e6; --router: #33291a; --redge: #e0b060; --net: #173025; --nedge: #68d391; --bad: #fc8181; } }
        text { font: 13px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); }
        .paper { fill: var(--paper); } .title { font-size: 16px; font-weight: 600; } .name { font-weight: 600; } .note { font-size: 11px; fill: var(--soft); } .label, .bad-label { font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
        .bad-label { fill: var(--bad); } .service { font-size: 11px; fill: var(--nedge); } .wire-label { font-size: 11px; fill: var(--soft); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; } .host { fill: var(--host); stroke: var(--edge); } .router { fill: var(--router); stroke: var(--redge); } .net { fill: var(--net); stroke: var(--nedge); }
        .wire { stroke: var(--rule); stroke-width: 1.5; } .lane { stroke: var(--rule); stroke-dasharray: 3 3; } .arrow { stroke: var(--edge); stroke-width: 1.5; } .bad { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 3; }
        .tip { fill: var(--edge); } .cross { stroke: var(--bad); stroke-width: 1.5; fill: none; }
        </style>
        <defs>
        <marker id="tip" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L9 4 L0 8 z"/></marker>
        <marker id="cross" markerWidth="10" markerHeight="10" refX="5" refY="5" orient="auto" markerUnits="userSpaceOnUse"><path class="cross" d="M1 1 L9 9 M9 1 L1 9"/></marker>
        </defs>
        <rect class="paper" width="100%" height="100%"/>
        {{_body}}</svg>

        """);
}
