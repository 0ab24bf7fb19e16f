namespace Fathom.Wire.Explanation;

/// <summary>All protocols that Fathom knows: those that it takes apart, and the important ones of the Internet that it does not yet.</summary>
public static class ProtocolGlossary
{
    /// <summary>All entries, from the link upwards.</summary>
    public static IReadOnlyList<ProtocolEntry> All { get; } =
        [.. LinkProtocols.All, .. InternetProtocols.All, .. TransportProtocols.All, .. ApplicationProtocols.All];

    /// <summary>Finds a protocol by its name, its full name, or another word for it; case does not matter.</summary>
    /// <param name="word">"tcp", "Transmission Control Protocol", "ipv6-fragment".</param>
    /// <returns>The entry, or null.</returns>
    public static ProtocolEntry? Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return All.FirstOrDefault(entry => string.Equals(entry.Name, word, StringComparison.OrdinalIgnoreCase)) ?? All.FirstOrDefault(entry => entry.IsCalled(word));
    }
}
