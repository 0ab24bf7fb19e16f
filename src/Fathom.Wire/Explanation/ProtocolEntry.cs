namespace Fathom.Wire.Explanation;

/// <summary>What Fathom knows about a protocol.</summary>
/// <param name="Name">The usual name: "TCP".</param>
/// <param name="FullName">In full.</param>
/// <param name="Layer">Its layer in the TCP/IP model.</param>
/// <param name="Osi">Its layers in the OSI model, lowest first; of several it does the work of each.</param>
/// <param name="Standard">The document that defines it now: "RFC 9293".</param>
/// <param name="Purpose">What it is for, in two sentences.</param>
public sealed record ProtocolEntry(string Name, string FullName, ModelLayer Layer, IReadOnlyList<int> Osi, string Standard, string Purpose)
{
    /// <summary>Other words for it, and the dissector's names of its layers.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The numbers by which lower layers name it: "EtherType 0x0800", "IP protocol 6", "TCP port 80".</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>What carries it.</summary>
    public IReadOnlyList<string> RidesOn { get; init; } = [];

    /// <summary>What it carries.</summary>
    public IReadOnlyList<string> Carries { get; init; } = [];

    /// <summary>Its headers, where Fathom reads them.</summary>
    public IReadOnlyList<HeaderLayout> Headers { get; init; } = [];

    /// <summary>Its unit of data: "segment".</summary>
    public string Unit { get; init; } = "message";

    /// <summary>The dissector takes it apart.</summary>
    public bool IsDissected { get; init; }

    /// <summary>True if the word is the name, the full name or an alias, whatever its case.</summary>
    /// <param name="word">The word.</param>
    public bool IsCalled(string word)
        => Same(Name, word) || Same(FullName, word) || Aliases.Any(alias => Same(alias, word));

    private static bool Same(string name, string word) => string.Equals(name, word, StringComparison.OrdinalIgnoreCase);
}
