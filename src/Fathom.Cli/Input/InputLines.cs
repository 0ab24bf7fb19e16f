using System.Runtime.CompilerServices;
using Fathom.Cli.Commands;

namespace Fathom.Cli.Input;

/// <summary>Lines of standard input, for commands that take "-".</summary>
internal static class InputLines
{
    /// <summary>
    /// The lines with their numbers from 1; empty ones and comments (#) are left out, blanks around a line are
    /// taken off. Ends at the end of input or when cancelled, without an exception.
    /// </summary>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async IAsyncEnumerable<(int Number, string Text)> ReadAsync(TextReader input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 1; !cancellation.IsCancellationRequested; number++)
        {
            string? text;
            try
            {
                // A read from a terminal or an idle pipe cannot be cancelled; it can be left behind.
                text = NetworkChoice.IsLab ? input.ReadLine() : await Task.Run(input.ReadLine, cancellation).WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }

            if (text is null) yield break;
            if (IsContent(text)) yield return (number, text.Trim());
        }
    }

    /// <summary>The same for work that waits for nothing but its input: a list of a million lines costs no thread switches.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellation">Ends the reading after the line that is being read.</param>
    public static IEnumerable<(int Number, string Text)> Read(TextReader input, CancellationToken cancellation)
    {
        for (var number = 1; !cancellation.IsCancellationRequested && input.ReadLine() is { } text; number++)
        {
            if (IsContent(text)) yield return (number, text.Trim());
        }
    }

    private static bool IsContent(string text) => !string.IsNullOrWhiteSpace(text) && !text.TrimStart().StartsWith('#');
}
