using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Fathom.Cli.Explain;

namespace Fathom.Cli.Commands;

/// <summary>What is wrong with a command line, as the one line that the contract promises: what was expected, and whose help says more.</summary>
internal static class CommandLineFault
{
    /// <summary>The line, without "fathom: ".</summary>
    /// <param name="parsed">A command line with at least one error.</param>
    public static string Describe(ParseResult parsed)
    {
        var path = PathOf(parsed.CommandResult);
        return $"{What(parsed)}; '{path} --help' tells more";
    }

    /// <summary>Refuses values that look like options: nobody means them.</summary>
    /// <param name="result">The values of an argument.</param>
    public static void RefuseOptions(ArgumentResult result)
    {
        if (result.Tokens.FirstOrDefault(IsOption) is { } option) result.AddError($"unknown option '{option.Value}'");
    }

    private static bool IsOption(Token token) => token.Value.StartsWith("--", StringComparison.Ordinal) && token.Value.Length > 2;

    private static string What(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var stray = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            var names = command.Subcommands.Where(static c => !c.Hidden).Select(static c => c.Name).ToList();
            if (stray is null) return command is RootCommand ? "expected a command, as in 'fathom check https://example.com'" : $"expected one of {string.Join(", ", names)}";
            if (stray.StartsWith('-')) return $"unknown option '{stray}'";
            return $"unknown command '{stray}'" + (Suggestions.For(stray, names) is { Count: > 0 } near ? $": did you mean {string.Join(" or ", near)}?" : command is RootCommand ? string.Empty : $": expected one of {string.Join(", ", names)}");
        }

        // What is not understood explains what is missing: it may be a mistyped option with its value.
        if (stray is not null) return stray.StartsWith('-') && stray.Length > 1 ? Option(stray, command) : $"'{stray}' is one word too many";
        var error = parsed.Errors[0];
        if (error.SymbolResult is ArgumentResult taken && taken.Tokens.FirstOrDefault(IsOption) is { } mistyped) return Option(mistyped.Value, command);
        if (error.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult } missing) return $"expected {missing.Argument.HelpName ?? missing.Argument.Name}";
        if (command.Options.Where(o => o.Required && parsed.GetResult(o) is not { Implicit: false }).Select(static o => o.Name).ToList() is { Count: > 0 } required)
            return $"expected {string.Join(" and ", required)}";

        if (error.SymbolResult is OptionResult { IdentifierTokenCount: > 1 and var times, Option: { Arity.MaximumNumberOfValues: 1 } twice }) return $"{twice.Name} is given {times} times: once is enough";

        // The parser speaks of types of .NET.
        if (error.SymbolResult is OptionResult { Tokens: [.., var last] } given && Wanted(given.Option.ValueType, last.Value) is { } wanted) return $"{given.Option.Name} '{last.Value}': expected {wanted}";

        // The parser lists allowed values one below the other.
        return string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }

    // Of a whole number it is the size that is wrong.
    private static string? Wanted(Type type, string given) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.UInt64 when IsWhole(given) => string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {ulong.MaxValue}"),
        TypeCode.Int32 when IsWhole(given) => string.Create(CultureInfo.InvariantCulture, $"a whole number up to {int.MaxValue}"),
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
        TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Boolean => "true or false",
        _ => null,
    };

    private static bool IsWhole(string text) => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static string Option(string stray, Command command)
    {
        var known = command.Options.SelectMany(static o => o.Aliases.Prepend(o.Name)).Where(static n => n.StartsWith("--", StringComparison.Ordinal));
        return $"unknown option '{stray}'" + (stray.StartsWith("--", StringComparison.Ordinal) && Suggestions.For(stray, known) is { Count: > 0 } near ? $": did you mean {string.Join(" or ", near)}?" : string.Empty);
    }

    private static string PathOf(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is CommandResult { Command: not RootCommand } current; at = current.Parent) names.Push(current.Command.Name);
        return string.Join(' ', names.Prepend("fathom"));
    }
}
