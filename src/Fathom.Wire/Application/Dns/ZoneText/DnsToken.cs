namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>One word of a master file (RFC 1035 §5.1), its escapes as they stand.</summary>
/// <param name="Text">The word, without the quotation marks around it.</param>
/// <param name="Quoted">It stood between quotation marks.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its first character's place in the line, from 1.</param>
internal readonly record struct DnsToken(string Text, bool Quoted, int Line, int Column);
