namespace Packetdrill.Language;

/// <summary>Reads calls and their expressions.</summary>
internal static class CallParser
{
    // Expressions nest a few levels deep; a file may try for more.
    private const int MaxDepth = 32;

    public static CallAction Read(ScriptReader reader, TimeSpan? end)
    {
        reader.SkipBlank();
        var name = reader.TakeWord();
        if (name.Length == 0) reader.Fail("a packet, a call, code or shell text expected");
        var arguments = ReadList(reader, "(", ")", 0);
        reader.Expect("=");
        var result = ReadExpression(reader, 0);
        string? errno = null;
        reader.SkipBlank();
        if (reader.Current == 'E' && char.IsAsciiLetterUpper(reader.Peek(1))) errno = reader.TakeWord();
        reader.SkipBlank();
        if (reader.Current == '(')
        {
            // A note for the reader: what the errno means, which flags a number is.
            reader.Skip(1);
            reader.TakeUntil(")", "the note");
        }

        return new CallAction(name, arguments, result, errno, end);
    }

    private static List<Expression> ReadList(ScriptReader reader, string open, string close, int depth)
    {
        var items = new List<Expression>();
        reader.Expect(open);
        if (reader.Take(close)) return items;
        while (!reader.AtEnd)
        {
            items.Add(ReadExpression(reader, depth));
            if (reader.Take(close)) return items;
            reader.Expect(",");
        }

        reader.Fail($"'{close}' expected");
        return items;
    }

    private static Expression ReadExpression(ScriptReader reader, int depth)
    {
        if (depth > MaxDepth)
        {
            reader.Fail("the expression is nested too deeply");
            return new Expression.Default();
        }

        var left = ReadTerm(reader, depth);
        while (reader.Take("|")) left = new Expression.Union(left, ReadTerm(reader, depth));
        return left;
    }

    private static Expression ReadTerm(ScriptReader reader, int depth)
    {
        reader.SkipBlank();
        if (reader.Take("...")) return new Expression.Default();
        switch (reader.Current)
        {
            case '[':
                return new Expression.List(ReadList(reader, "[", "]", depth + 1));
            case '{':
                return new Expression.Structure(ReadList(reader, "{", "}", depth + 1));
            case '"':
                reader.Skip(1);
                var text = reader.TakeUntil("\"", "the string");
                reader.Take("...");
                return new Expression.Text(text);
            case '-' or (>= '0' and <= '9'):
                return new Expression.Number(reader.ExpectInteger("a number"));
        }

        if (!ScriptReader.IsWordCharacter(reader.Current))
        {
            reader.Fail("an expression expected");
            return new Expression.Default();
        }

        return ReadNamed(reader, depth);
    }

    private static Expression ReadNamed(ScriptReader reader, int depth)
    {
        var name = reader.TakeWord();
        reader.SkipBlank();
        List<Expression>? arguments = reader.Current == '(' ? ReadList(reader, "(", ")", depth + 1) : null;
        if (reader.Take("=")) return new Expression.Member(name, ReadExpression(reader, depth + 1));
        if (arguments is not null) return new Expression.Call(name, arguments);
        return long.TryParse(name, out var defined) ? new Expression.Number(defined) : new Expression.Symbol(name);
    }
}
