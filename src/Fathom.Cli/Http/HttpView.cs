namespace Fathom.Cli.Http;

/// <summary>What of a journey is shown.</summary>
/// <param name="Include">-i: heads before the body.</param>
/// <param name="Verbose">-v: requests, heads and connections on standard error.</param>
/// <param name="Silent">-s: the body alone.</param>
/// <param name="Fail">-f: 4xx and 5xx end with status 1, without their body.</param>
/// <param name="ShowRequest">--show-request.</param>
/// <param name="Timing">--timing.</param>
/// <param name="Audit">--audit.</param>
/// <param name="File">-o, or null; "-" for standard output.</param>
/// <param name="RemoteName">-O: the file is named as in the URL.</param>
/// <param name="WriteOut">-w, or null.</param>
internal sealed record HttpView(bool Include, bool Verbose, bool Silent, bool Fail, bool ShowRequest, bool Timing, bool Audit, string? File, bool RemoteName, HttpWriteOut? WriteOut)
{
    /// <summary>Sections with headings instead of the plain body.</summary>
    public bool IsReport => ShowRequest || Timing || Audit;
}
