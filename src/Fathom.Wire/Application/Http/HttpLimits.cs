namespace Fathom.Wire.Application.Http;

/// <summary>The guards of a reader against a peer that never ends. All lengths are octets; all must be positive.</summary>
public sealed record HttpLimits
{
    /// <summary>Limits that ordinary messages stay below, and that a hostile one cannot use up memory under.</summary>
    public static HttpLimits Default { get; } = new();

    /// <summary>The start line. RFC 9112 §3 asks for at least 8,000; common servers end there too.</summary>
    public int MaximumStartLineLength { get; init; } = 8 * 1024;

    /// <summary>One head, start line and empty line included. Servers stop at 8 to 32 KiB, browsers at 256 KiB; 64 KiB reads all that is sane.</summary>
    public int MaximumHeadLength { get; init; } = 64 * 1024;

    /// <summary>The fields of a head, or of trailers. Large sites send about 60; four times that is no accident any more.</summary>
    public int MaximumFields { get; init; } = 256;

    /// <summary>One field line. The longest in honest use, a content security policy or a ticket, are under 16 KiB; twice that.</summary>
    public int MaximumFieldLength { get; init; } = 32 * 1024;

    /// <summary>The line of a chunk's size with its extensions. Nobody uses extensions; a size needs 16 digits. 4 KiB is one page.</summary>
    public int MaximumChunkLineLength { get; init; } = 4 * 1024;

    /// <summary>1xx responses before the final one. Honest servers send one or two (100, 103); the limit keeps an endless row from being a hang.</summary>
    public int MaximumInformational { get; init; } = 16;

    /// <summary>The trailers, empty line included. They hold a checksum or a status: an eighth of a head is ample.</summary>
    public int MaximumTrailerLength { get; init; } = 8 * 1024;

    /// <summary>Refuses limits that are not positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is zero or negative.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumStartLineLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumHeadLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumFields);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumFieldLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumChunkLineLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumInformational);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumTrailerLength);
    }
}
