using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Ping;

/// <summary>Something that a series of echo requests showed, as it happened.</summary>
/// <param name="Number">Which request, from 1.</param>
public abstract record PingEvent(long Number)
{
    /// <summary>A reply came.</summary>
    /// <param name="Number">Which request, from 1.</param>
    /// <param name="From">Who sent it. For a multicast or broadcast destination this is one of many.</param>
    /// <param name="RoundTrip">From sending to the kernel's arrival stamp.</param>
    /// <param name="HopLimit">The hop limit left on arrival; null where the host does not tell.</param>
    /// <param name="DataLength">Octets after the ICMP header.</param>
    public sealed record Answered(long Number, IpAddress From, TimeSpan RoundTrip, byte? HopLimit, int DataLength) : PingEvent(Number)
    {
        /// <summary>This request was answered before.</summary>
        public bool IsDuplicate { get; init; }

        /// <summary>It came after <see cref="PingOptions.Wait"/>.</summary>
        public bool IsLate { get; init; }

        /// <summary>A later request was answered before this one.</summary>
        public bool IsOutOfOrder { get; init; }

        /// <summary>The first octet of the data that is not what was sent, or where the data ended too soon or too late; null if all is as sent (RFC 792: "returned").</summary>
        public int? DamagedAt { get; init; }
    }

    /// <summary>An ICMP error about the request came, or the host could not send it.</summary>
    /// <param name="Number">Which request, from 1.</param>
    /// <param name="Error">The error, with who reported it.</param>
    /// <param name="Meaning">What it says of the way.</param>
    /// <param name="After">From sending to the error.</param>
    public sealed record Failed(long Number, NetworkError Error, IcmpMeaning Meaning, TimeSpan After) : PingEvent(Number);

    /// <summary>The next request is about to be sent, and this one has no answer yet; see <see cref="PingOptions.TellsOutstanding"/>. Nothing is decided.</summary>
    /// <param name="Number">Which request, from 1.</param>
    public sealed record Outstanding(long Number) : PingEvent(Number);

    /// <summary>Nothing came within <see cref="PingOptions.Wait"/>. A reply may still come, and is then late.</summary>
    /// <param name="Number">Which request, from 1.</param>
    /// <param name="Waited">How long was waited.</param>
    public sealed record TimedOut(long Number, TimeSpan Waited) : PingEvent(Number);
}
