using System.Text;

namespace Fathom.Cli.Input;

/// <summary>Standard input that a signal can end. A process has one, and one signal: so there is one place that knows both.</summary>
internal static class StandardInput
{
    // A pipe holds 64 KiB.
    private const int BufferLength = 65536;

    /// <summary>Set once, at the start of the process: the signal that asks it to end.</summary>
    public static CancellationToken Interruption { get; set; }

    /// <summary>It is read for something else than the command that runs: to that, it is empty.</summary>
    public static bool IsTaken { get; set; }

    /// <summary>Opens it for what is read whole: a body, a capture. The signal ends a read with an <see cref="OperationCanceledException"/>: a part is not the whole.</summary>
    public static Stream Open() => new InterruptibleStream(Inner(), throws: true, beforeWait: null, Interruption);

    /// <summary>Opens it for lists: the signal is the end of the list, and what was read until then counts.</summary>
    /// <param name="beforeWait">Called before more input is waited for, so that what is known by then is seen; or null.</param>
    public static TextReader OpenLines(Action? beforeWait = null)
        => new StreamReader(new InterruptibleStream(Inner(), throws: false, beforeWait, Interruption), new UTF8Encoding(false), false, BufferLength);

    private static Stream Inner() => IsTaken ? Stream.Null : Console.OpenStandardInput();
}
