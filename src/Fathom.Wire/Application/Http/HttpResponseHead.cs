using System.Globalization;

namespace Fathom.Wire.Application.Http;

/// <summary>The head of a response (RFC 9112 §4).</summary>
/// <param name="MajorVersion">1.</param>
/// <param name="MinorVersion">0 or 1; a higher digit is read as 1 would be (RFC 9110 §2.5).</param>
/// <param name="Status">100 to 999.</param>
/// <param name="Reason">The reason phrase, often empty, meaning nothing (RFC 9112 §4). From the network: escape it before showing.</param>
/// <param name="Fields">The fields.</param>
public sealed record HttpResponseHead(int MajorVersion, int MinorVersion, int Status, string Reason, HttpFields Fields)
{
    /// <summary>1xx: another response follows, except after 101 (RFC 9110 §15.2).</summary>
    public bool IsInformational => Status is >= 100 and < 200;

    /// <summary>The head's octets: status line, fields, empty line.</summary>
    /// <exception cref="ArgumentException">The version is not 1.0 or 1.1, the status is not 100 to 999, or the reason or a field cannot be sent.</exception>
    public byte[] ToBytes()
    {
        if (HttpHeadChecks.Check(this) is { } error) throw HttpHeadWriter.Refused(error);
        return HttpHeadWriter.Write(string.Create(CultureInfo.InvariantCulture, $"HTTP/{MajorVersion}.{MinorVersion} {Status} {Reason}"), Fields);
    }

    /// <summary>The status line as one safe line.</summary>
    public override string ToString() => TextSanitizer.Escape(string.Create(CultureInfo.InvariantCulture, $"HTTP/{MajorVersion}.{MinorVersion} {Status} {Reason}"));
}
