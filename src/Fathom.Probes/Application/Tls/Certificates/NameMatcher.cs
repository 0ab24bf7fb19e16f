using System.Text;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Compares a server's name with the names of a certificate (RFC 9525): only the subjectAltName counts.</summary>
internal static class NameMatcher
{
    /// <summary>True when the certificate is for the name.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="serverName">A DNS name in A-labels, or an IP literal (brackets and a zone are ignored).</param>
    public static bool Matches(TlsCertificate certificate, string serverName)
    {
        var names = certificate.Fields.SubjectAltName ?? [];
        if (TryParseAddress(serverName, out var address))
        {
            // RFC 9525 §6.5: the octets are compared; a DNS-ID never matches an address.
            var octets = address.ToBytes();
            return names.Any(name => name.Kind == GeneralNameKind.IpAddress && name.Value.Span.SequenceEqual(octets));
        }

        var reference = serverName.TrimEnd('.');
        return names.Any(name => name.Kind == GeneralNameKind.DnsName && MatchesDns(name.Value.Span, reference));
    }

    /// <summary>Reads an IP literal, with or without brackets; a zone is dropped, since no certificate can have one.</summary>
    public static bool TryParseAddress(string text, out IpAddress address)
    {
        if (text.StartsWith('[') && text.EndsWith(']')) text = text[1..^1];
        if (!IpAddress.TryParse(text, out address)) return false;
        address = address.WithZone(0);
        return true;
    }

    /// <summary>RFC 9525 §6.3: case does not count; "*" stands for exactly one label, whole and left-most.</summary>
    /// <param name="presented">The dNSName's octets.</param>
    /// <param name="reference">The name that was asked for, without final dot.</param>
    public static bool MatchesDns(ReadOnlySpan<byte> presented, string reference)
    {
        var pattern = Encoding.Latin1.GetString(presented);
        if (!IsDnsName(reference, allowWildcard: false) || !IsDnsName(pattern, allowWildcard: true)) return false;
        if (!pattern.StartsWith("*.", StringComparison.Ordinal)) return pattern.Equals(reference, StringComparison.OrdinalIgnoreCase);
        var dot = reference.IndexOf('.', StringComparison.Ordinal);
        // "*.com": clients want two labels after the star, since no one may speak for a whole top level domain.
        return dot > 0 && pattern.IndexOf('.', 2) > 0 && pattern.AsSpan(1).Equals(reference.AsSpan(dot), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Letters, digits, hyphens (RFC 1123 §2.1), and the underscore that is found in practice.</summary>
    /// <param name="name">The name, without final dot.</param>
    /// <param name="allowWildcard">True where the left-most label may be "*".</param>
    public static bool IsDnsName(string name, bool allowWildcard)
    {
        if (name.Length is 0 or > 253) return false;
        var labels = name.Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            var label = labels[i];
            if (allowWildcard && i == 0 && label == "*" && labels.Length > 1) continue;
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return false;
            if (!label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return false;
        }

        return true;
    }
}
