using System.Text;
using Spectre.Console;

namespace Fathom.Cli.Output;

/// <summary>The console for text output.</summary>
internal static class Terminal
{
    /// <summary>A console on standard output: with color and live display on a terminal, clean text without trailing blanks on a pipe.</summary>
    public static IAnsiConsole Create() => Console.IsOutputRedirected || StandardOutput.IsMuted
        ? ForPipe(Writer())
        : AnsiConsole.Create(new AnsiConsoleSettings());

    /// <summary>A console that writes what a pipe gets.</summary>
    /// <param name="output">The pipe.</param>
    public static IAnsiConsole ForPipe(TextWriter output)
        => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(new TrimmingWriter(output)) });

    // Console.Out would first read the terminal's description, which a pipe has no use for.
    private static StreamWriter Writer() => new(StandardOutput.Open(), Console.OutputEncoding) { AutoFlush = true };

    /// <summary>
    /// Takes blanks from the ends of lines: a renderer pads cells, a pipe does not want it. What is written in one call goes on in one
    /// call, at once: others write to the same pipe in between.
    /// </summary>
    private sealed class TrimmingWriter(TextWriter inner) : TextWriter
    {
        private readonly StringBuilder _text = new();
        private int _blanks;

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            foreach (var value in buffer)
            {
                if (value == ' ')
                {
                    _blanks++;
                    continue;
                }

                if (value is not ('\n' or '\r')) _text.Append(' ', _blanks);
                _blanks = 0;
                _text.Append(value);
            }

            if (_text.Length > 0) Flush();
        }

        public override void Flush()
        {
            inner.Write(_text.ToString());
            _text.Clear();
            inner.Flush();
        }
    }
}
