using Packetdrill;
using Packetdrill.Language;

// packetdrill [--exact] [--trace] [--NAME=VALUE]... [-D NAME=VALUE]... FILE...
// Plays each script against a stack on a virtual clock. 0: all passed or do not apply; 1: one failed; 2: one cannot be read.
// --exact: no tolerance of times, whatever the language allows; --trace: every packet with its time. Other options are those of a script's head, for all files.
var isExact = false;
var traces = false;
var given = new List<ScriptOption>();
var files = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    // Who puts options together in a shell quotes some with the blank behind them.
    var argument = args[i].Trim();
    if (argument == "--exact") isExact = true;
    else if (argument == "--trace") traces = true;
    else if (argument == "-D" && i + 1 < args.Length) given.Add(new ScriptOption(0, "define", args[++i].Trim()));
    else if (argument.StartsWith("-D ", StringComparison.Ordinal)) given.Add(new ScriptOption(0, "define", argument[3..].Trim()));
    else if (argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=') is > 2 and var place) given.Add(new ScriptOption(0, argument[2..place], argument[(place + 1)..]));
    else if (argument.Length > 0) files.Add(args[i]);
}

if (files.Count == 0 || files.Any(static f => f.StartsWith('-')))
{
    Console.Error.WriteLine("usage: packetdrill [--exact] [--trace] [--NAME=VALUE]... [-D NAME=VALUE]... FILE...");
    return 2;
}

var status = 0;
foreach (var file in files) status = Math.Max(status, ScriptFile.Play(file, isExact, traces, Console.Out, Console.Error, given));
return status;
