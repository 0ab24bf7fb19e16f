namespace Fathom.Wire.Application.Http;

/// <summary>One field of a form that is sent as multipart/form-data (RFC 7578).</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Content">Its value, or the octets of the file.</param>
/// <param name="FileName">The file's name, which makes the part a file for the server; null for a plain value.</param>
/// <param name="ContentType">The media type; null sends none, which means text/plain (RFC 7578 §4.4).</param>
public sealed record HttpFormPart(string Name, ReadOnlyMemory<byte> Content, string? FileName = null, string? ContentType = null);
