using Fathom.Cli.Commands;
using Spectre.Console;

namespace Fathom.Cli.Output;

/// <summary>Headings over listings.</summary>
internal static class HeadingOutput
{
    /// <summary>Writes a bold line.</summary>
    /// <param name="run">Where to.</param>
    /// <param name="text">Plain text; it is escaped.</param>
    public static void WriteHeading(this CommandRun run, string text)
    {
        run.Console.Write(Listing.Heading(text));
        run.Console.WriteLine();
    }
}
