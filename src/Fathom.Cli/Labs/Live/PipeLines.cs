using Fathom.Cli.Input;
using Fathom.Hosts.Os;

namespace Fathom.Cli.Labs.Live;

/// <summary>Lines of standard input: of a pipe, or of a terminal that does the editing itself.</summary>
internal sealed class PipeLines : ILineSource
{
    // Who writes faster than the lab reads is made to wait.
    private const int Most = 64;

    // How often it is looked whether the terminal is this process's by now: as fast as somebody who has typed "fg" begins to type.
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);

    private readonly Handover<string> _lines = new(Most);
    private readonly TextReader _input = StandardInput.OpenLines();
    private readonly Action _wake;

    private PipeLines(Action wake) => _wake = wake;

    /// <inheritdoc/>
    public string Begun => string.Empty;

    /// <summary>The input is at its end, and all of it was taken.</summary>
    public bool HasEnded => _lines.HasEnded;

    /// <summary>Begins to read.</summary>
    /// <param name="wake">Called on the reading thread when there is something to take.</param>
    public static PipeLines Begin(Action wake)
    {
        var begun = new PipeLines(wake);

        // A read of a terminal or of an idle pipe cannot be ended: the process ends over it.
        new Thread(begun.Read) { IsBackground = true, Name = "standard input" }.Start();
        return begun;
    }

    /// <inheritdoc/>
    public bool TryTake(out string line)
    {
        if (_lines.TryTake(out var taken))
        {
            line = taken;
            return true;
        }

        line = string.Empty;
        return false;
    }

    private void Read()
    {
        try
        {
            while (true)
            {
                while (!StandardInputTurn.IsOurs)
                {
                    if (StandardInput.Interruption.WaitHandle.WaitOne(Turn)) return;
                }

                if (_input.ReadLine() is not { } line) break;
                _lines.Put(line);
                _wake();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or InvalidOperationException)
        {
            // Standard input is closed, or cannot be read: the same as none.
        }
        finally
        {
            _lines.Complete();
            _wake();
        }
    }
}
