using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>What became of one request.</summary>
public abstract record HttpOutcome
{
    /// <summary>From the first octet of the request to the end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From the first octet of the request to the first of the response; null if none came.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>Octets received, head and framing included.</summary>
    public long BytesReceived { get; init; }

    /// <summary>The head of the final response, if it was read.</summary>
    public HttpResponseHead? Head { get; init; }

    /// <summary>The first octets received, at most 256, to show what a peer speaks that does not speak HTTP.</summary>
    public ReadOnlyMemory<byte> FirstBytes { get; init; }

    /// <summary>A whole response came, or as much of its body as was wanted.</summary>
    /// <param name="BodyLength">Octets of the body that were read, after the framing was taken off.</param>
    /// <param name="BodyCut">Reading stopped at the limit; the body may be longer.</param>
    /// <param name="Body">The first octets of the body, at most 2,048.</param>
    /// <param name="Close">How the stream ended afterwards; null if the peer kept it open.</param>
    public sealed record Completed(long BodyLength, bool BodyCut, ReadOnlyMemory<byte> Body, ByteStreamStatus? Close) : HttpOutcome;

    /// <summary>No complete response in time.</summary>
    /// <param name="Idle">Nothing arrived for the idle timeout; else the total was exceeded.</param>
    /// <param name="Waited">The limit that was reached.</param>
    public sealed record TimedOut(bool Idle, TimeSpan Waited) : HttpOutcome;

    /// <summary>The stream ended before the response was complete.</summary>
    /// <param name="Status">How.</param>
    /// <param name="BodyLength">Octets of the body that had come.</param>
    /// <param name="Expected">Octets that Content-Length promised; null without one.</param>
    public sealed record Broken(ByteStreamStatus Status, long BodyLength, long? Expected) : HttpOutcome;

    /// <summary>What came is no valid response.</summary>
    /// <param name="Error">What is wrong, and where.</param>
    public sealed record Malformed(HttpError Error) : HttpOutcome;
}
