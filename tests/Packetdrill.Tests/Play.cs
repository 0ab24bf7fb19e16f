using Packetdrill.Language;
using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>Reads and plays a script.</summary>
internal static class Play
{
    public static Outcome Text(string text, bool isExact = true)
    {
        Assert.True(ScriptParser.TryParse(text, out var script, out var error), error?.ToString());
        return ScriptPlayer.Play(script, isExact);
    }

    public static Outcome File(string path, bool isExact = true) => Text(System.IO.File.ReadAllText(path), isExact);
}
