namespace Packetdrill.Playing;

/// <summary>
/// Runs the part of Python that code blocks are made of: <c>assert</c> with comparisons and arithmetic over the names of tcp_info, and assignments. Anything else is
/// not applicable; nothing is handed to an interpreter.
/// </summary>
internal static class CodeBlock
{
    /// <summary>Runs a block.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="names">What it knows of the connection now.</param>
    /// <param name="assigned">What blocks have assigned so far, and this one does.</param>
    /// <param name="detail">The assertion that does not hold, or what is not understood.</param>
    public static Verdict Run(string text, IReadOnlyDictionary<string, double> names, Dictionary<string, double> assigned, out string detail)
    {
        foreach (var statement in Split(text))
        {
            var verdict = RunOne(statement, names, assigned, out detail);
            if (verdict != Verdict.Pass) return verdict;
        }

        detail = "";
        return Verdict.Pass;
    }

    private static Verdict RunOne(string statement, IReadOnlyDictionary<string, double> names, Dictionary<string, double> variables, out string detail)
    {
        detail = "";
        if (statement.StartsWith("print", StringComparison.Ordinal) || statement is "pass" or "\\") return Verdict.Pass;
        var isAssertion = statement.StartsWith("assert", StringComparison.Ordinal) && statement.Length > 6 && !char.IsLetterOrDigit(statement[6]) && statement[6] != '_';
        var place = statement.IndexOf('=');
        string? assigned = null;
        var sign = '\0';
        var expression = statement;
        if (isAssertion)
        {
            expression = statement[6..];
        }
        else if (place > 0 && place + 1 < statement.Length && statement[place + 1] != '=' && NameBefore(statement, place, out sign) is { } name)
        {
            // "x += 1" is "x = x + (1)".
            assigned = name;
            expression = statement[(place + 1)..];
            if (sign != '\0') expression = $"{name} {sign} ({expression})";
        }

        if (!isAssertion && assigned is null)
        {
            detail = $"the code '{statement}'";
            return Verdict.NotApplicable;
        }

        var reader = new CodeExpression(expression, name => variables.TryGetValue(name, out var known) || names.TryGetValue(name, out known) ? known : null);
        var value = reader.Evaluate();
        if (reader.Problem is { } problem)
        {
            detail = $"the code '{statement}': {problem}";
            return Verdict.NotApplicable;
        }

        if (assigned is not null)
        {
            variables[assigned] = value;
            return Verdict.Pass;
        }

        if (value != 0) return Verdict.Pass;
        detail = $"{statement}: does not hold{reader.DescribeUsed()}";
        return Verdict.Fail;
    }

    // The name that is assigned to, with the sign of "+=" and its like.
    private static string? NameBefore(string statement, int place, out char sign)
    {
        sign = statement[place - 1] is '+' or '-' or '*' ? statement[place - 1] : '\0';
        var name = statement[..(sign == '\0' ? place : place - 1)].Trim();
        return name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : null;
    }

    // Statements end at a line's end or a semicolon, outside brackets and strings.
    private static List<string> Split(string text)
    {
        var statements = new List<string>();
        var start = 0;
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i <= text.Length; i++)
        {
            var character = i < text.Length ? text[i] : '\n';
            if (quote != '\0')
            {
                if (character == quote) quote = '\0';
                if (i < text.Length) continue;
            }

            if (character is '\'' or '"') quote = character;
            else if (character is '(' or '[') depth++;
            else if (character is ')' or ']') depth--;
            else if ((character is '\n' && depth <= 0) || character == ';' || i == text.Length) End(i);
            else if (character == '#') Comment(ref i);
        }

        return statements;

        void End(int end)
        {
            var statement = text[start..end].Trim();
            if (statement.Length > 0) statements.Add(statement);
            start = Math.Min(end + 1, text.Length);
        }

        void Comment(ref int i)
        {
            End(i);
            while (i + 1 < text.Length && text[i + 1] != '\n') i++;
            start = Math.Min(i + 1, text.Length);
        }
    }
}
