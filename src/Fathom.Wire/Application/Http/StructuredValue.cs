namespace Fathom.Wire.Application.Http;

/// <summary>A bare value of a structured field (RFC 9651 §3.3).</summary>
public abstract record StructuredValue
{
    private StructuredValue()
    {
    }

    /// <summary>A whole number of at most 15 digits (§3.3.1).</summary>
    /// <param name="Value">The number.</param>
    public sealed record Integer(long Value) : StructuredValue;

    /// <summary>A number with a fraction: at most 12 digits before the point and 3 behind (§3.3.2).</summary>
    /// <param name="Value">The number.</param>
    public sealed record Decimal(decimal Value) : StructuredValue;

    /// <summary>Printable ASCII in quotes (§3.3.3).</summary>
    /// <param name="Value">The text.</param>
    public sealed record String(string Value) : StructuredValue;

    /// <summary>A word without quotes (§3.3.4).</summary>
    /// <param name="Value">The word.</param>
    public sealed record Token(string Value) : StructuredValue;

    /// <summary>Octets, written in base64 between colons (§3.3.5).</summary>
    /// <param name="Value">The octets.</param>
    public sealed record Binary(ReadOnlyMemory<byte> Value) : StructuredValue;

    /// <summary>?1 or ?0 (§3.3.6).</summary>
    /// <param name="Value">The value.</param>
    public sealed record Boolean(bool Value) : StructuredValue;

    /// <summary>@ and seconds since 1970-01-01 (§3.3.7).</summary>
    /// <param name="Seconds">The seconds; may be negative.</param>
    public sealed record Date(long Seconds) : StructuredValue;

    /// <summary>Unicode text for people (§3.3.8). From the network: escape it before showing.</summary>
    /// <param name="Value">The text.</param>
    public sealed record DisplayString(string Value) : StructuredValue;
}
