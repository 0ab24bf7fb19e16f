using System.Globalization;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>What is wrong in a master file, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
/// <param name="Reason">What was found and what was expected. It may quote the text: escape it before showing.</param>
public sealed record DnsZoneError(int Line, int Column, string Reason)
{
    /// <summary>"line 3, column 14: …", escaped for a terminal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {TextSanitizer.Escape(Reason)}");
}
