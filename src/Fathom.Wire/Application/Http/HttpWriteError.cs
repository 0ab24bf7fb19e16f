namespace Fathom.Wire.Application.Http;

/// <summary>Why a message is not sent.</summary>
/// <param name="Kind">The rule that it breaks.</param>
/// <param name="Detail">The rule as a phrase for a person, with its RFC; nothing of the message is in it unescaped.</param>
public sealed record HttpWriteError(HttpWriteErrorKind Kind, string Detail)
{
    /// <summary>The error as one line.</summary>
    public override string ToString() => $"The message cannot be sent: {Detail}.";
}
