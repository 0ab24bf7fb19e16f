using System.Text;
using Fathom.Cli.Input;
using Fathom.Hosts.Os;

namespace Fathom.Cli.Labs.Live;

/// <summary>Keys of a terminal whose screen is drawn all the time, made into lines: the few keys that everybody wants at once, and words that are typed.</summary>
internal sealed class KeyLines : ILineSource
{
    // What one line of a narrow terminal shows.
    private const int LongestLine = 70;
    private const int Most = 256;

    private readonly Handover<ConsoleKeyInfo> _keys = new(Most);
    private readonly StringBuilder _line = new();
    private readonly Action _wake;
    private string _last = string.Empty;

    private KeyLines(Action wake) => _wake = wake;

    /// <inheritdoc/>
    public string Begun => _line.ToString();

    /// <summary>Begins to read.</summary>
    /// <param name="wake">Called on the reading thread when there is something to take.</param>
    public static KeyLines Begin(Action wake)
    {
        var begun = new KeyLines(wake);

        // A read of a terminal cannot be ended: the process ends over it.
        new Thread(begun.Read) { IsBackground = true, Name = "keys" }.Start();
        return begun;
    }

    /// <inheritdoc/>
    public bool TryTake(out string line)
    {
        line = string.Empty;
        while (_keys.TryTake(out var key))
        {
            if (Take(key) is not { } done) continue;
            line = done;
            return true;
        }

        return false;
    }

    // With nothing typed yet, a key is a word; else it is a part of one.
    private string? Take(ConsoleKeyInfo key)
    {
        var isEmpty = _line.Length == 0;
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                if (isEmpty) return "step";
                _last = Begun;
                _line.Clear();
                return _last;
            case ConsoleKey.Backspace:
                if (!isEmpty) _line.Length--;
                return null;
            case ConsoleKey.Escape:
                _line.Clear();
                return LiveWords.Clear;
            case ConsoleKey.UpArrow:
                _line.Clear().Append(_last);
                return null;
            case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && isEmpty:
                return "quit";
        }

        switch (key.KeyChar)
        {
            case ' ' when isEmpty:
                return "pause";
            case '+' when isEmpty:
                return "faster";
            case '-' when isEmpty:
                return "slower";
            case >= ' ' and <= '~' when _line.Length < LongestLine:
                _line.Append(key.KeyChar);
                return null;
            default:
                return null;
        }
    }

    private void Read()
    {
        try
        {
            while (true)
            {
                while (!StandardInputTurn.IsOurs)
                {
                    if (StandardInput.Interruption.WaitHandle.WaitOne(PipeLines.Turn)) return;
                }

                _keys.Put(Console.ReadKey(intercept: true));
                _wake();
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The terminal is gone.
        }
    }
}
