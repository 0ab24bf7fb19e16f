namespace Fathom.Hosts.Internet;

/// <summary>How far <see cref="IEchoSocket.SendManyAsync"/> came.</summary>
/// <param name="Sent">How many requests the system took.</param>
/// <param name="Error">Why it refused the next one; null if it took all.</param>
public readonly record struct EchoSendResult(int Sent, NetworkError? Error);
