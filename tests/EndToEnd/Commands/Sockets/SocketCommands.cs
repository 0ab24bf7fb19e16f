using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Sockets;

/// <summary>Runs scripts with the socket commands in a namespace of their own.</summary>
internal static class SocketCommands
{
    // A machine that builds at the same time starts a process in seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a script in a folder of its own; `fathom` is the program under test.</summary>
    public static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        return await Sandbox.RunAsync("work=$(mktemp -d); cd \"$work\"; trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf \"$work\"' EXIT\n" + script, limit: Limit);
    }

    /// <summary>The part of the output that follows a line "== name".</summary>
    public static string Section(this CommandResult result, string name)
    {
        var mark = $"== {name}\n";
        var start = result.Output.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section {name}\n{result}");
        var text = result.Output[(start + mark.Length)..];
        var end = text.IndexOf("== ", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    /// <summary>A section as JSON.</summary>
    public static JsonElement Json(this CommandResult result, string name)
    {
        try
        {
            return JsonDocument.Parse(result.Section(name)).RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"section {name}: {e.Message}\n{result}");
        }
    }
}
