namespace Fathom.Wire.Application.Http;

/// <summary>One row of the status code registry.</summary>
/// <param name="Code">100 to 599.</param>
/// <param name="Phrase">The registered phrase. What a server sends may be another, and means nothing.</param>
/// <param name="Reference">Where it is specified: "RFC 9110 §15.5.5".</param>
/// <param name="Retry">Whether repeating the request could help.</param>
/// <param name="Meaning">What it says, in plain words.</param>
/// <param name="Advice">What to do; empty where there is nothing to do.</param>
public sealed record HttpStatusEntry(int Code, string Phrase, string Reference, HttpRetry Retry, string Meaning, string Advice)
{
    /// <summary>What its first digit says (RFC 9110 §15).</summary>
    public HttpStatusClass Class => HttpStatusRegistry.ClassOf(Code);
}
