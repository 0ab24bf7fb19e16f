namespace Fathom.Wire.Application.Http;

/// <summary>One field line (RFC 9110 §5). Octets of a value read as Latin-1: each is the character of the same number.</summary>
/// <param name="Name">The name, with the case it was sent in; compared without case.</param>
/// <param name="Value">The value, without whitespace around it. From the network: escape it before showing.</param>
public readonly record struct HttpField(string Name, string Value)
{
    /// <summary>The field as one safe line.</summary>
    public override string ToString() => TextSanitizer.Escape($"{Name}: {Value}");
}
