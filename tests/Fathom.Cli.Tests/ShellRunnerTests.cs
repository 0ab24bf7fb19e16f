using System.Runtime.InteropServices;
using Fathom.Cli.Input;
using Fathom.Cli.Labs.Shell;

namespace Fathom.Cli.Tests;

/// <summary>Who a signal is for while a shell waits for a line.</summary>
public sealed class ShellRunnerTests : IDisposable
{
    [Fact]
    public void Ctrl_C_at_the_prompt_is_no_end()
    {
        var runner = new ShellRunner();
        runner.TakeSignals();
        var prompts = 0;
        var line = runner.Await(
            () =>
            {
                Assert.True(Interruption.Taker!(PosixSignal.SIGINT));
                Assert.True(Interruption.Taker!(PosixSignal.SIGINT));
                Assert.False(Interruption.Taker!(PosixSignal.SIGTERM)); // whoever ends the process ends it
                return "time";
            },
            () => prompts++);
        Assert.Equal(("time", 2), (line, prompts));
        Assert.False(Interruption.Taker!(PosixSignal.SIGINT)); // nobody waits
        Assert.Throws<IOException>(() => runner.Await(static () => throw new IOException(), () => prompts++));
        Assert.False(Interruption.Taker!(PosixSignal.SIGINT));
    }

    public void Dispose() => Interruption.Taker = null;
}
