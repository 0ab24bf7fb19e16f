namespace Packetdrill.Language;

/// <summary>Reads a script: options, setup, events, cleanup.</summary>
internal static class ScriptParser
{
    /// <summary>Reads a script. False with the first mistake.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="script">The script.</param>
    /// <param name="error">The mistake, or null.</param>
    /// <param name="given">Options beside those that stand in it, of which one that stands in it counts more.</param>
    public static bool TryParse(string text, out Script script, out ScriptError? error, IReadOnlyList<ScriptOption>? given = null)
    {
        var reader = new ScriptReader(text);
        foreach (var option in given ?? []) Define(reader, option);
        List<ScriptOption> options = [.. given ?? [], .. ReadOptions(reader)];
        ShellText? setup = null;
        ShellText? cleanup = null;
        reader.SkipBlank();
        if (reader.Current == '`') setup = ReadShell(reader);
        var events = new List<ScriptEvent>();
        for (reader.SkipBlank(); !reader.AtEnd; reader.SkipBlank())
        {
            if (cleanup is not null)
            {
                reader.Fail("nothing may follow the cleanup commands");
            }
            else if (reader.Current == '`')
            {
                cleanup = ReadShell(reader);
            }
            else
            {
                var place = reader.Line;
                var time = ReadTime(reader);
                reader.SkipBlank();
                events.Add(new ScriptEvent(place, time, ReadAction(reader, time)));
            }
        }

        if (events.Count == 0) reader.Fail("an event expected");
        script = new Script(options, setup, events, cleanup);
        error = reader.Error;
        return error is null;
    }

    private static List<ScriptOption> ReadOptions(ScriptReader reader)
    {
        var options = new List<ScriptOption>();
        for (reader.SkipBlank(); reader.StartsWith("--"); reader.SkipBlank())
        {
            var line = reader.Line;
            reader.Skip(2);
            var name = reader.TakeWord();
            if (name.Length == 0) reader.Fail("the option's name expected");
            string? value = null;
            if (reader.Current == '=')
            {
                reader.Skip(1);
                value = reader.TakeLine().Trim('"');
            }

            options.Add(new ScriptOption(line, name, value));
            Define(reader, options[^1]);
        }

        return options;
    }

    private static void Define(ScriptReader reader, ScriptOption option)
    {
        if (option.Name is "define" or "D" && option.Value?.Split('=', 2) is [var defined, var meaning]) reader.Definitions[defined] = meaning.Trim('"');
    }

    private static ShellText ReadShell(ScriptReader reader)
    {
        var line = reader.Line;
        reader.Skip(1);
        return new ShellText(line, reader.TakeUntil("`", "the text for the shell"));
    }

    private static EventTime ReadTime(ScriptReader reader)
    {
        if (reader.Take("*")) return new EventTime(TimeKind.Any, default, null);
        var kind = reader.Take("+") ? TimeKind.Relative : TimeKind.Absolute;
        var start = reader.ExpectTime();
        if (!reader.Take("~")) return new EventTime(kind, start, null);
        if (kind == TimeKind.Relative) reader.Expect("+");
        var place = reader.Place;
        var latest = reader.ExpectTime();
        if (latest < start) reader.Fail("the range ends before it starts", place);
        return new EventTime(kind, start, latest);
    }

    private static EventAction ReadAction(ScriptReader reader, EventTime time)
    {
        if (reader.Current is '<' or '>') return PacketParser.Read(reader);
        if (reader.Current == '`') return new ShellAction(ReadShell(reader));
        if (reader.StartsWith("%{"))
        {
            reader.Skip(2);
            return new CodeAction(reader.TakeUntil("}%", "the code"));
        }

        TimeSpan? end = null;
        if (reader.Take("..."))
        {
            var place = reader.Place;
            end = reader.ExpectTime();
            if (end < time.Start) reader.Fail("the call returns before it begins", place);
        }

        return CallParser.Read(reader, end);
    }
}
