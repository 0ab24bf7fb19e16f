using System.Text;

namespace Fathom.Cli.Output;

/// <summary>The process's standard output and error. One place knows them, so that a command that runs another can keep the other's results to itself.</summary>
internal static class StandardOutput
{
    private static bool _isWrapped;
    private static bool _areErrorsMuted;

    /// <summary>Results go nowhere.</summary>
    public static bool IsMuted { get; private set; }

    /// <summary>Opens it. What is opened while results go nowhere speaks afterwards: a command that goes on.</summary>
    public static Stream Open() => IsMuted ? new ValveStream(Console.OpenStandardOutput(), static () => IsMuted) : Console.OpenStandardOutput();

    /// <summary>Lets results go nowhere until the returned value is disposed of.</summary>
    /// <param name="withErrors">Complaints too.</param>
    public static IDisposable Mute(bool withErrors = false)
    {
        if (!_isWrapped)
        {
            _isWrapped = true;
            Console.SetOut(new Valve(Console.Out, static () => IsMuted));
            Console.SetError(new Valve(Console.Error, static () => _areErrorsMuted));
        }

        IsMuted = true;
        _areErrorsMuted = withErrors;
        return new Opening();
    }

    private sealed class Opening : IDisposable
    {
        public void Dispose() => IsMuted = _areErrorsMuted = false;
    }

    // What was opened while it was muted speaks again afterwards: a server that goes on.
    private sealed class Valve(TextWriter inner, Func<bool> isShut) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            if (!isShut()) inner.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            if (!isShut()) inner.Write(buffer, index, count);
        }

        public override void Write(string? value)
        {
            if (!isShut()) inner.Write(value);
        }

        public override void WriteLine(string? value)
        {
            if (!isShut()) inner.WriteLine(value);
        }

        public override void Flush() => inner.Flush();
    }
}
