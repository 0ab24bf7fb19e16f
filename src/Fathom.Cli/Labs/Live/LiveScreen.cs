using Spectre.Console;

namespace Fathom.Cli.Labs.Live;

/// <summary>Draws a picture of a lab again and again, and does what is typed below it. On the lab's thread.</summary>
/// <param name="live">The display.</param>
/// <param name="board">The picture.</param>
/// <param name="words">Does what is said.</param>
/// <param name="lines">Where words come from.</param>
internal sealed class LiveScreen(LiveDisplayContext live, LiveHosts board, LiveWords words, ILineSource lines)
{
    /// <summary>How often it is drawn: what an eye takes for motion, and a terminal takes easily.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private long _drawn;
    private string _begun = string.Empty;

    /// <summary>Between two events.</summary>
    public void TakeIn()
    {
        var isNew = _begun != lines.Begun;
        while (lines.TryTake(out var line))
        {
            var isDone = words.TryDo(line, out var answer);
            board.Answer = answer;
            board.IsRefusal = !isDone;
            isNew = true;
        }

        _begun = lines.Begun;
        if (!isNew && _drawn != 0 && TimeProvider.System.GetElapsedTime(_drawn) < Frame) return;
        board.Begun = _begun;
        Draw();
    }

    /// <summary>The last picture, which stays.</summary>
    public void End()
    {
        board.HasEnded = true;
        Draw();
    }

    private void Draw()
    {
        _drawn = TimeProvider.System.GetTimestamp();
        live.UpdateTarget(board.Draw());
    }
}
