using System.Text;
using Fathom.Wire.Explanation;

namespace Fathom.Wire.Tests.Explanation;

/// <summary>docs/headers.md is made of the layout tables by which headers are read, and of nothing else.</summary>
public sealed class HeaderDocumentTests
{
    [Fact]
    public void The_drawings_in_the_docs_are_those_of_the_layout_tables()
    {
        var made = Path.Combine(Repository.Root, "artifacts", "headers.md");
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);
        var text = Document();
        File.WriteAllText(made, text);
        var committed = Path.Combine(Repository.Root, "docs", "headers.md");
        Assert.True(File.Exists(committed) && File.ReadAllText(committed) == text, "docs/headers.md is not what the layout tables say: copy artifacts/headers.md over it.");
        // Widths by the specifications: IPv4 and TCP have 20 octets, UDP 8, IPv6 40 (RFC 791, 9293, 768, 8200).
        foreach (var (word, bits) in new[] { ("ipv4", 160), ("tcp", 160), ("udp", 64), ("ipv6", 320) })
            Assert.Equal(bits, ProtocolGlossary.Find(word)!.Headers[0].Fields.Max(static f => f.BitOffset + f.BitLength));
    }

    private static string Document()
    {
        var text = new StringBuilder("# Headers\n\nDrawn from the layout tables by which Fathom reads them, 32 bits a line; made by the tests. `fathom explain NAME` shows each with its fields in words.\n");
        foreach (var protocol in ProtocolGlossary.All.Where(static p => p.Headers.Count > 0))
        {
            text.Append("\n## ").Append(protocol.Name).Append('\n');
            foreach (var header in protocol.Headers)
                text.Append("\n### ").Append(header.Name).Append("\n\n```\n").AppendJoin('\n', HeaderDrawing.Draw(header)).Append("\n```\n");
        }

        return text.ToString();
    }
}
