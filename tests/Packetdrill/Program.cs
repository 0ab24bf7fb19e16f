using Packetdrill.Language;

foreach (var file in args)
{
    Console.WriteLine(ScriptParser.TryParse(File.ReadAllText(file), out var script, out var error) ? $"{file}: {script.Events.Count} events" : $"{file}: {error}");
}

return 0;
