namespace Fathom.Cli.Output;

/// <summary>The process's standard output as octets. One place knows it, so that a command that runs another can keep the other's results to itself.</summary>
internal static class StandardOutput
{
    /// <summary>Results go nowhere.</summary>
    public static bool IsMuted { get; private set; }

    /// <summary>Opens it.</summary>
    public static Stream Open() => IsMuted ? Stream.Null : Console.OpenStandardOutput();

    /// <summary>Lets results go nowhere until the returned value is disposed of.</summary>
    public static IDisposable Mute() => new Muting();

    private sealed class Muting : IDisposable
    {
        private readonly TextWriter _before = Console.Out;

        public Muting()
        {
            IsMuted = true;
            Console.SetOut(TextWriter.Null);
        }

        public void Dispose()
        {
            IsMuted = false;
            Console.SetOut(_before);
        }
    }
}
