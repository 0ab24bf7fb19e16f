namespace Fathom.Hosts.Link;

/// <summary>What an interface has counted since it was made, or since the system started. Null: the system does not count it.</summary>
/// <param name="ReceivedPackets">Packets received.</param>
/// <param name="ReceivedOctets">Octets received.</param>
/// <param name="ReceiveErrors">Frames received with errors.</param>
/// <param name="ReceiveDropped">Frames received whole, and dropped by this host.</param>
/// <param name="SentPackets">Packets sent.</param>
/// <param name="SentOctets">Octets sent.</param>
/// <param name="SendErrors">Frames that could not be sent.</param>
/// <param name="SendDropped">Packets dropped before they were sent.</param>
public sealed record InterfaceCounters(
    long? ReceivedPackets,
    long? ReceivedOctets,
    long? ReceiveErrors,
    long? ReceiveDropped,
    long? SentPackets,
    long? SentOctets,
    long? SendErrors,
    long? SendDropped);
