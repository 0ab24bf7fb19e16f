using Fathom.Cli.Dissect;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Explanation;

namespace Fathom.Cli.Explain;

/// <summary>Words that are no protocols, TCP's flags, and header fields by their names.</summary>
internal sealed class WordSource : ITermSource
{
    public IEnumerable<string> Terms =>
        [.. TermGlossary.All.SelectMany(static t => t.Aliases.Prepend(t.Term)), "tcp flags", .. ProtocolGlossary.All.SelectMany(static p => p.Headers).SelectMany(static h => h.Fields).Select(static f => f.Name).Distinct()];

    public IEnumerable<TermAnswer> Find(string term)
    {
        if (term.ToUpperInvariant() is "FLAGS" or "TCP FLAGS" or "TCP FLAG" or "CONTROL BITS")
        {
            yield return new TermAnswer("flags", "TCP's control bits", "Nine bits of the TCP header, each with a meaning of its own. Together they say what a segment is for: SYN opens, FIN closes, RST breaks, ACK is set in all but the first.")
            {
                Facts = [("layer", "transport, OSI 4"), ("standard", "RFC 9293 §3.1, RFC 3168, RFC 9768")],
                Rows = [.. TermGlossary.TcpFlags.Select(static f => (f.Term, f.FullName, f.Meaning))],
            };
            yield break;
        }

        var word = term.StartsWith("tcp ", StringComparison.OrdinalIgnoreCase) && TermGlossary.TcpFlags.Any(f => f.IsCalled(term[4..])) ? term[4..] : term;
        if (TermGlossary.Find(word) is { } entry)
        {
            yield return new TermAnswer(TermGlossary.TcpFlags.Contains(entry) ? "flag" : "term", entry.FullName.Length > 0 ? $"{entry.Term}, {entry.FullName}" : entry.Term, entry.Meaning)
            {
                Facts = [("TCP/IP layer", entry.Layer is { } layer ? LayerNames.Of(layer) : string.Empty), ("standard", entry.Standard)],
                Drawings = [.. entry.Headers.Select(static h => (h.Name, HeaderDrawing.Draw(h)))],
            };
            yield break;
        }

        // "Content-Type" is HTTP's, although TLS has a content type: the names of binary fields are not written with a dash.
        if (term.Contains('-') && HttpFieldRegistry.TryFind(term, out _)) yield break;
        var fields = FieldGlossary.Search(term).ToArray();
        if (fields.Length == 0) yield break;
        yield return new TermAnswer("field", fields[0].Field.Name, fields.Length == 1 ? $"A field of the {fields[0].Layout.Name}." : "A field of several headers.")
        {
            Rows = [.. fields.Select(static f => ($"{f.Layout.Name}", $"bit {f.Field.BitOffset}, {ProtocolSource.Bits(f.Field.BitLength)}", $"{f.Meaning} ({f.Field.Spec})"))],
        };
    }
}
