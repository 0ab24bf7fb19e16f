using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>Says by its first octets which protocol a stream carries. What is not certain is not claimed.</summary>
internal static class StreamIdentifier
{
    private const ushort DnsPort = 53;

    // RFC 9112 §3 asks for request lines of at least 8,000 octets.
    private const int LongestStartLine = 8192;

    private static readonly string[] Beginnings = ["HTTP/1.", "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH "];

    /// <summary>Looks.</summary>
    /// <param name="bytes">The stream's octets from a point where a message may begin; not empty.</param>
    /// <param name="sourcePort">The sender's port.</param>
    /// <param name="destinationPort">The receiver's port.</param>
    /// <param name="requests">What the connection's directions share.</param>
    /// <param name="needsMore">True where more octets are needed to say.</param>
    /// <returns>The protocol's framer, or null.</returns>
    internal static StreamFramer? Identify(ReadOnlySpan<byte> bytes, ushort sourcePort, ushort destinationPort, PendingRequests requests, out bool needsMore)
    {
        needsMore = false;
        if (sourcePort == DnsPort || destinationPort == DnsPort) return new DnsFramer();
        var (tls, http) = (TlsFramer.BeginsLike(bytes), HttpBeginsLike(bytes));
        needsMore = tls is null || http is null;
        return tls == true ? new TlsFramer() : http == true ? new HttpFramer(requests) : null;
    }

    private static bool? HttpBeginsLike(ReadOnlySpan<byte> bytes)
    {
        if (HttpDissector.Instance.Recognizes(IpProtocol.Tcp, bytes)) return true;
        if (bytes.Length > LongestStartLine || bytes.Contains((byte)'\n')) return false;
        foreach (var beginning in Beginnings)
        {
            var length = Math.Min(bytes.Length, beginning.Length);
            if (System.Text.Ascii.Equals(bytes[..length], beginning.AsSpan(0, length))) return null;
        }

        return false;
    }
}
