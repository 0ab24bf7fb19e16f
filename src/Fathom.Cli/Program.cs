using System.CommandLine;
using System.Runtime.InteropServices;
using Fathom.Cli;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Labs;

// Before anything else is loaded: scripts ask for the version often.
if (args is ["--version"])
{
    Console.Out.WriteLine("fathom " + AppVersion.Full);
    return ExitStatus.Good;
}

using var interrupted = new CancellationTokenSource();
StandardInput.Interruption = interrupted.Token;

// The first signal ends the work with what is known so far; a second one ends the process at once.
void OnSignal(PosixSignalContext context)
{
    // A program in the program may have something of its own to end.
    if (Interruption.Taker?.Invoke(context.Signal) == true)
    {
        context.Cancel = true;
        return;
    }

    if (interrupted.IsCancellationRequested) return;
    context.Cancel = true;
    interrupted.Cancel();
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

var root = new RootCommand("Shows what a network does, layer by layer, and says which layer is broken, with the packet that proves it.");
foreach (var command in CommandSet.Create(args.FirstOrDefault())) root.Add(command);
LabFlags.AddTo(root);
if (LabFlags.FindMisplaced(args) is { } misplaced) Console.Error.WriteLine(Fathom.Wire.Application.TextSanitizer.Escape($"fathom: '{misplaced}' is taken for a word of the command; the scenario is --lab={misplaced}"));
args = LabFlags.Complete(args);
// "@" begins a server in dig's order, not the name of a file with arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine("fathom: " + Fathom.Wire.Application.TextSanitizer.Escape(CommandLineFault.Describe(parsed)));
    return ExitStatus.Usage;
}

if (LabFlags.FindStray(parsed) is { } stray)
{
    Console.Error.WriteLine($"fathom: {stray} is of the lab: add --lab");
    return ExitStatus.Usage;
}

try
{
    var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
    return LabFlags.ChooseLab(parsed) ? LabSession.Run(parsed, configuration, interrupted.Token) : await parsed.InvokeAsync(configuration, interrupted.Token);
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.Error.WriteLine("fathom: interrupted: nothing is known yet");
    return ExitStatus.Unknown;
}
catch (Exception e) when (e is not OutOfMemoryException)
{
    // A defect of Fathom's own, never the network's: it says nothing of the target, so the status is "could not be measured".
    Console.Error.WriteLine($"fathom: internal error: {e.GetType().Name}: {Fathom.Wire.Application.TextSanitizer.Escape(e.Message)}");
    if (Environment.GetEnvironmentVariable("FATHOM_DEBUG") is { Length: > 0 }) Console.Error.WriteLine(e);
    return ExitStatus.Unknown;
}
