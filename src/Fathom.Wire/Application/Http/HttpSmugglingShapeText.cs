namespace Fathom.Wire.Application.Http;

/// <summary>Words for <see cref="HttpSmugglingShape"/>.</summary>
public static class HttpSmugglingShapeText
{
    /// <summary>One word for logs and programs: "cl-te", "obs-fold".</summary>
    /// <param name="shape">The shape.</param>
    public static string ToText(this HttpSmugglingShape shape) => shape switch
    {
        HttpSmugglingShape.LengthAndTransferEncoding => "cl-te",
        HttpSmugglingShape.RepeatedLength => "cl-cl",
        HttpSmugglingShape.ObscuredLength => "cl-obscured",
        HttpSmugglingShape.ObscuredTransferEncoding => "te-te",
        HttpSmugglingShape.TransferEncodingInHttp10 => "te-http10",
        HttpSmugglingShape.BodyOnConnect => "connect-body",
        HttpSmugglingShape.FoldedField => "obs-fold",
        HttpSmugglingShape.SpaceBeforeFirstField => "space-before-first-field",
        HttpSmugglingShape.BareLineFeed => "bare-lf",
        HttpSmugglingShape.BareCarriageReturn => "bare-cr",
        HttpSmugglingShape.ControlCharacter => "control-character",
        HttpSmugglingShape.SpaceBeforeColon => "space-before-colon",
        HttpSmugglingShape.AmbiguousHost => "ambiguous-host",
        HttpSmugglingShape.ChunkSizeOverflow => "chunk-size-overflow",
        HttpSmugglingShape.ObscuredChunkSize => "chunk-size-obscured",
        HttpSmugglingShape.ChunkLineBareLineFeed => "chunk-bare-lf",
        _ => "chunk-end-missing",
    };
}
