namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Takes the certificates out of a Certificate message (RFC 8446 §4.4.2, RFC 5246 §7.4.2) as they are.</summary>
internal static class CertificateMessage
{
    /// <summary>Reads the body, without the handshake header.</summary>
    /// <param name="body">The body.</param>
    /// <param name="version">The version that the ServerHello selected.</param>
    /// <param name="certificates">The certificates in order, copied, up to the limit; also what was readable before a fault.</param>
    /// <returns>False when lengths disagree. More than the allowed number of certificates is no fault here: one more than the limit is read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, TlsVersion version, List<ReadOnlyMemory<byte>> certificates)
    {
        var rest = body;
        if (version >= TlsVersion.Tls13)
        {
            if (rest.IsEmpty || rest.Length < 1 + rest[0]) return false;
            rest = rest[(1 + rest[0])..]; // certificate_request_context
        }

        if (!TryTake24(ref rest, out var list) || !rest.IsEmpty) return false;
        while (!list.IsEmpty && certificates.Count <= HandshakeLimits.MaximumCertificates)
        {
            if (!TryTake24(ref list, out var certificate)) return false;
            certificates.Add(certificate.ToArray());
            if (version < TlsVersion.Tls13) continue;
            if (list.Length < 2) return false;
            var extensions = (list[0] << 8) | list[1];
            if (list.Length - 2 < extensions) return false;
            list = list[(2 + extensions)..];
        }

        return true;
    }

    private static bool TryTake24(ref ReadOnlySpan<byte> from, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (from.Length < 3) return false;
        var length = (from[0] << 16) | (from[1] << 8) | from[2];
        if (from.Length - 3 < length) return false;
        taken = from.Slice(3, length);
        from = from[(3 + length)..];
        return true;
    }
}
