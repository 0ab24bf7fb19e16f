using System.Text;
using Spectre.Console;

namespace Fathom.Cli.Output;

/// <summary>The console for text output.</summary>
internal static class Terminal
{
    /// <summary>A console on standard output: with color and live display on a terminal, clean text without trailing blanks on a pipe.</summary>
    public static IAnsiConsole Create() => Console.IsOutputRedirected
        ? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(new TrimmingWriter(Console.Out)) })
        : AnsiConsole.Create(new AnsiConsoleSettings());

    /// <summary>Takes blanks from the ends of lines: a renderer pads cells, a pipe does not want it.</summary>
    private sealed class TrimmingWriter(TextWriter inner) : TextWriter
    {
        private int _blanks;

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            switch (value)
            {
                case ' ':
                    _blanks++;
                    return;
                case '\n' or '\r':
                    _blanks = 0;
                    break;
            }

            for (; _blanks > 0; _blanks--) inner.Write(' ');
            inner.Write(value);
        }

        public override void Flush() => inner.Flush();
    }
}
