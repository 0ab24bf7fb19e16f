using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>What an <see cref="HttpAgent"/> is asked to send.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Where to.</param>
public sealed record HttpAgentRequest(string Method, HttpTarget Target)
{
    /// <summary>Fields of the user's. They replace those that the client would send of itself.</summary>
    public HttpFields Fields { get; init; } = HttpFields.Empty;

    /// <summary>Names of fields that the client is not to send of itself.</summary>
    public IReadOnlyCollection<string> Removed { get; init; } = [];

    /// <summary>The body. An empty one is sent as "Content-Length: 0" with POST, PUT and PATCH (RFC 9110 §8.6), and not at all with others.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>User and password with a colon between, for Basic authentication (RFC 7617); null for none. They go to this origin only.</summary>
    public string? Credentials { get; init; }

    /// <summary>
    /// Asked once for the head of each response that is the last of its journey: where its body goes. Null, or an answer of null, keeps
    /// it in memory. A body whose content coding is to be undone stays in memory too: it is decoded whole.
    /// </summary>
    public Func<HttpResponseHead, IHttpBodySink?>? Sink { get; init; }
}
