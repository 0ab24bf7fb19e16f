namespace Fathom.Probes.Application.Tls;

/// <summary>An attempt to go on with the session of an earlier handshake; it was ended after the server's first answer.</summary>
/// <param name="Status">How it went.</param>
/// <param name="By">What was given back: "a ticket of 192 octets", "a session id"; empty where there was nothing.</param>
/// <param name="Detail">What the server answered, for people; empty where it was as wished.</param>
public sealed record TlsResumption(TlsResumptionStatus Status, string By, string Detail);
