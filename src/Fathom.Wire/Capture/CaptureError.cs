namespace Fathom.Wire.Capture;

/// <summary>Why a capture file could not be read further. The default value means "no error".</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="FileOffset">Octets from the file's first to the block or record that is damaged.</param>
/// <param name="Detail">A phrase for a person; never text from the file.</param>
public readonly record struct CaptureError(WireErrorKind Kind, long FileOffset, string Detail)
{
    /// <summary>True unless this is the default value.</summary>
    public bool IsError => Kind != WireErrorKind.None;

    /// <summary>The error as one line.</summary>
    public override string ToString() => IsError ? FormattableString.Invariant($"capture file at offset {FileOffset}: {Detail}") : "no error";
}
