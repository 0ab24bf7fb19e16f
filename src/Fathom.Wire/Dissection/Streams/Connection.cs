using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>Both directions of one TCP connection, as far as the capture shows them.</summary>
internal sealed class Connection
{
    private readonly PendingRequests _requests = new();

    internal Connection(ConnectionKey key)
    {
        Key = key;
        FromLower = new StreamReader(_requests);
        FromUpper = new StreamReader(_requests);
    }

    internal ConnectionKey Key { get; }

    internal StreamReader FromLower { get; }

    internal StreamReader FromUpper { get; }

    /// <summary>The first number of each SYN that was seen: a SYN with another one begins a new connection (RFC 9293 §3.10.7.4).</summary>
    internal SequenceNumber? InitialOfLower { get; set; }

    internal SequenceNumber? InitialOfUpper { get; set; }

    /// <summary>No message is under way in either direction.</summary>
    internal bool IsAtRest => FromLower.IsAtRest && FromUpper.IsAtRest;
}
