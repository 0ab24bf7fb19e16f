using System.Runtime.InteropServices;

namespace Fathom.Cli.Input;

/// <summary>Who takes the signal that asks the process to end, where that is not the process: a shell whose command runs.</summary>
internal static class Interruption
{
    /// <summary>Returns true where it has taken the signal. On the signal's own thread; null: nobody.</summary>
    public static Func<PosixSignal, bool>? Taker { get; set; }
}
