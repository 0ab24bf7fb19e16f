namespace Fathom.Cli.Host;

/// <summary>What one service did.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Transport">"tcp" or "udp".</param>
/// <param name="Count">Connections, datagrams, or requests of HTTP.</param>
/// <param name="Received">Octets that came; null where they are not counted.</param>
/// <param name="Sent">Octets that went; null where they are not counted.</param>
internal sealed record HostServiceSummary(string Service, string Transport, long Count, long? Received, long? Sent);
