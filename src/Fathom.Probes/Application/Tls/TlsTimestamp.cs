namespace Fathom.Probes.Application.Tls;

/// <summary>A signed certificate timestamp (RFC 6962 §3.2): a log's promise to show this certificate to everybody. The log's signature is not verified.</summary>
/// <param name="LogId">The log: SHA-256 of its key, 64 hexadecimal digits.</param>
/// <param name="Time">When the log took the certificate.</param>
public sealed record TlsTimestamp(string LogId, DateTimeOffset Time);
