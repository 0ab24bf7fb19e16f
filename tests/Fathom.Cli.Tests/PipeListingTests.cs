using Fathom.Cli.Output;
using Spectre.Console;

namespace Fathom.Cli.Tests;

/// <summary>A listing reads the same whichever of the two writes it: the console, or the pipe's own.</summary>
public class PipeListingTests
{
    public static TheoryData<string[][]> Tables() => new(
        [["flags", "rd, ra"], ["server", "192.0.2.53 over UDP"]],
        [["www.example.com.", "300", "A", "192.0.2.1"], ["example.com.", "86400", "TXT", "v=spf1 " + string.Join(' ', Enumerable.Repeat("ip4:192.0.2.0/24", 12))]],
        [["note", "a word as long as " + new string('x', 90) + " breaks"], ["", "no label"]],
        [["a", "b", ""], ["longer", "", "c"]],
        [["escaped", "bell \a and\ttab"]]);

    [Theory]
    [MemberData(nameof(Tables))]
    public void Columns_are_the_consoles(string[][] rows)
    {
        var headings = rows[0].Select(static _ => "").ToArray();
        Assert.Equal(OfConsole(console => console.Write(Listing.Columns(headings, rows))), OfPipe(pipe => pipe.Columns(rows)));
    }

    [Fact]
    public void A_heading_is_the_consoles()
        => Assert.Equal(
            OfConsole(static console =>
            {
                console.Write(Listing.Heading("www.example.com A  [NOERROR]"));
                console.WriteLine();
            }),
            OfPipe(static pipe => pipe.Heading("www.example.com A  [NOERROR]")));

    private static string OfPipe(Action<PipeListing> write)
    {
        var output = new StringWriter();
        write(new PipeListing(output));
        return output.ToString();
    }

    private static string OfConsole(Action<IAnsiConsole> write)
    {
        var output = new StringWriter();
        write(Terminal.ForPipe(output));
        return output.ToString();
    }
}
