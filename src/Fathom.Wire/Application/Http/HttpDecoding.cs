namespace Fathom.Wire.Application.Http;

/// <summary>A body after its content codings.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Content">The content; see <see cref="HttpDecodingStatus"/> for what it is when it did not go well.</param>
/// <param name="Codings">The codings as Content-Encoding lists them, in the order in which they were applied; lower case.</param>
/// <param name="Detail">What was wrong, as a phrase for a person; empty where nothing was.</param>
public sealed record HttpDecoding(HttpDecodingStatus Status, ReadOnlyMemory<byte> Content, IReadOnlyList<string> Codings, string Detail = "");
