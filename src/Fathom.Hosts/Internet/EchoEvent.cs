using Fathom.Wire.Internet;

namespace Fathom.Hosts.Internet;

/// <summary>What came back for an echo request.</summary>
public abstract record EchoEvent
{
    private EchoEvent()
    {
    }

    /// <summary>An echo reply.</summary>
    /// <param name="From">Who sent it.</param>
    /// <param name="Sequence">The sequence number of the request.</param>
    /// <param name="HopLimit">The hop limit that was left on arrival; null where the system does not tell.</param>
    /// <param name="DataLength">Octets after the ICMP header.</param>
    /// <param name="Timestamp">When it arrived, in ticks of the host's <see cref="TimeProvider"/>.</param>
    public sealed record Reply(IpAddress From, ushort Sequence, byte? HopLimit, int DataLength, long Timestamp) : EchoEvent
    {
        /// <summary>What the reply carried; empty where the system does not give it. A correct one equals the request's (RFC 792).</summary>
        public ReadOnlyMemory<byte> Data { get; init; }
    }

    /// <summary>An ICMP error about a request.</summary>
    /// <param name="Sequence">The sequence number quoted in it; null where the quotation was too short.</param>
    /// <param name="Error">The error.</param>
    public sealed record Failed(ushort? Sequence, NetworkError Error) : EchoEvent;
}
