using Packetdrill;

// packetdrill [--exact] [--trace] FILE...
// Plays each script against a stack on a virtual clock. 0: all passed or do not apply; 1: one failed; 2: one cannot be read.
// --exact: no tolerance of times, whatever the language allows; --trace: every packet with its time.
var isExact = args.Contains("--exact");
var traces = args.Contains("--trace");
string[] files = [.. args.Where(static a => a is not ("--exact" or "--trace"))];
if (files.Length == 0 || files.Any(static f => f.StartsWith('-')))
{
    Console.Error.WriteLine("usage: packetdrill [--exact] [--trace] FILE...");
    return 2;
}

var status = 0;
foreach (var file in files) status = Math.Max(status, ScriptFile.Play(file, isExact, traces, Console.Out, Console.Error));
return status;
