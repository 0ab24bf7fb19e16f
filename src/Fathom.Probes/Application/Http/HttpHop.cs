using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>One request of a journey, and what became of it.</summary>
/// <param name="Target">Where it went.</param>
/// <param name="Request">Its head.</param>
public sealed record HttpHop(HttpTarget Target, HttpRequestHead Request)
{
    /// <summary>The octets of the request, head and body, exactly; empty when it could not be written.</summary>
    public ReadOnlyMemory<byte> RequestBytes { get; init; }

    /// <summary>How it got its connection.</summary>
    public HttpConnectionReport Connection { get; init; } = new();

    /// <summary>How long it took.</summary>
    public HttpPhases Phases { get; init; } = new();

    /// <summary>The octets that came, head and framing included.</summary>
    public ReadOnlyMemory<byte> Received { get; init; }

    /// <summary>Octets that came, also those beyond what <see cref="Received"/> holds.</summary>
    public long ReceivedLength { get; init; }

    /// <summary>The response; with a failure beside it, as far as it came. Null when no head came.</summary>
    public HttpAnswer? Answer { get; init; }

    /// <summary>Why there is no whole response; null when there is.</summary>
    public HttpFailure? Failure { get; init; }

    /// <summary>Why another request followed: "301: GET instead of POST", "the server had closed the connection"; empty for the last.</summary>
    public string Next { get; init; } = "";

    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}
