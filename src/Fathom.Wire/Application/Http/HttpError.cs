namespace Fathom.Wire.Application.Http;

/// <summary>Why, and where, a message could not be read.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Octets from the first one that the reader was given.</param>
/// <param name="Detail">What was expected and found, as a phrase for a person; text of the peer is in it only escaped.</param>
public sealed record HttpError(HttpErrorKind Kind, long Offset, string Detail)
{
    /// <summary>How the fault could be used to hide one request in another, by name; null for a fault that cannot.</summary>
    public HttpSmugglingShape? Shape { get; init; }

    /// <summary>The error as one safe line.</summary>
    public override string ToString() => FormattableString.Invariant($"HTTP at offset {Offset}: {Detail}");
}
