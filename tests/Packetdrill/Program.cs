using System.Globalization;
using Packetdrill;

// packetdrill [--exact] FILE...
// Plays each script against a stack on a virtual clock. 0: all passed or do not apply; 1: one failed; 2: one cannot be read.
var isExact = args.Contains("--exact");
string[] files = [.. args.Where(static a => a != "--exact")];
if (files.Length == 0 || files.Any(static f => f.StartsWith('-')))
{
    Console.Error.WriteLine("usage: packetdrill [--exact] FILE...");
    return 2;
}

var status = 0;
foreach (var file in files) status = Math.Max(status, ScriptFile.Play(file, isExact, Console.Out, Console.Error));
return status;
