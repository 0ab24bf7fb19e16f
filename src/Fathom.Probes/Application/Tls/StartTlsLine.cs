namespace Fathom.Probes.Application.Tls;

/// <summary>One line of the words before TLS.</summary>
/// <param name="Direction">Who said it.</param>
/// <param name="Text">The line without its end; octets beyond ASCII as Latin-1.</param>
public sealed record StartTlsLine(TlsDirection Direction, string Text);
