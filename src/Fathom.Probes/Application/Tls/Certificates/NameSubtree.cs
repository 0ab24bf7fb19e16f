using System.Text;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Tells whether a name lies in a subtree (RFC 5280 §4.2.1.10).</summary>
internal static class NameSubtree
{
    /// <summary>Compares a name with a subtree of the same kind.</summary>
    /// <param name="subtree">The constraint's base.</param>
    /// <param name="name">The name.</param>
    /// <param name="ifUndecided">The answer where the kind is not understood or either is malformed.</param>
    public static bool Contains(GeneralName subtree, GeneralName name, bool ifUndecided) => name.Kind switch
    {
        GeneralNameKind.DnsName => ContainsDns(Text(subtree), Text(name), ifUndecided),
        GeneralNameKind.IpAddress => ContainsAddress(subtree.Value.Span, name.Value.Span, ifUndecided),
        GeneralNameKind.DirectoryName => DistinguishedName.IsWithin(name.Value, subtree.Value),
        GeneralNameKind.Rfc822Name => ContainsMailbox(Text(subtree), Text(name), ifUndecided),
        GeneralNameKind.UniformResourceIdentifier => ContainsUri(Text(subtree), Text(name), ifUndecided),
        GeneralNameKind.OtherName or GeneralNameKind.X400Address or GeneralNameKind.EdiPartyName or GeneralNameKind.RegisteredId
            => subtree.Value.Span.SequenceEqual(name.Value.Span) || ifUndecided,
        _ => ifUndecided,
    };

    /// <summary>The name for people.</summary>
    public static string ToText(GeneralName name) => name.Kind switch
    {
        GeneralNameKind.DirectoryName => DistinguishedName.ToText(name.Value),
        GeneralNameKind.IpAddress when name.Value.Length is 4 or 16 => Wire.Internet.IpAddress.FromBytes(name.Value.Span).ToString(),
        GeneralNameKind.DnsName or GeneralNameKind.Rfc822Name or GeneralNameKind.UniformResourceIdentifier => SafeText.Escape(Text(name)),
        _ => $"a name of kind {name.Kind}",
    };

    // "example.com" holds itself and everything below; "" holds all. A leading period or a wildcard is no DNS name.
    private static bool ContainsDns(string subtree, string name, bool ifUndecided)
    {
        if (subtree.Length > 0 && !NameMatcher.IsDnsName(subtree, allowWildcard: false)) return ifUndecided;
        if (!NameMatcher.IsDnsName(name, allowWildcard: true)) return ifUndecided;
        if (IsAtOrBelow(name, subtree)) return true;
        // Excluding "a.example.com" must also exclude "*.example.com", which could stand for it.
        return ifUndecided && name.StartsWith("*.", StringComparison.Ordinal)
            && subtree.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && subtree.AsSpan(dot + 1).Equals(name.AsSpan(2), StringComparison.OrdinalIgnoreCase);
    }

    private static bool ContainsAddress(ReadOnlySpan<byte> subtree, ReadOnlySpan<byte> address, bool ifUndecided)
    {
        if (subtree.Length is not (8 or 32) || address.Length is not (4 or 16)) return ifUndecided;
        if (subtree.Length != 2 * address.Length) return false; // the other version
        var network = subtree[..address.Length];
        var mask = subtree[address.Length..];
        if (!IsContiguous(mask)) return ifUndecided;
        for (var i = 0; i < address.Length; i++)
        {
            if ((address[i] & mask[i]) != (network[i] & mask[i])) return false;
        }

        return true;
    }

    private static bool IsContiguous(ReadOnlySpan<byte> mask)
    {
        var hasEnded = false;
        foreach (var octet in mask)
        {
            if (hasEnded && octet != 0) return false;
            if (octet == 0xFF) continue;
            hasEnded = true;
            var inverted = (byte)~octet;
            if ((inverted & (inverted + 1)) != 0) return false;
        }

        return true;
    }

    // A mailbox "a@b" holds itself; a host "b" all mailboxes at it; ".b" those at hosts below it.
    private static bool ContainsMailbox(string subtree, string mailbox, bool ifUndecided)
    {
        var at = mailbox.LastIndexOf('@');
        if (at <= 0 || mailbox.IndexOf('@', StringComparison.Ordinal) != at || !NameMatcher.IsDnsName(mailbox[(at + 1)..], allowWildcard: false)) return ifUndecided;
        var host = mailbox[(at + 1)..];
        var subtreeAt = subtree.LastIndexOf('@');
        if (subtreeAt >= 0)
        {
            return mailbox[..at] == subtree[..subtreeAt] && host.Equals(subtree[(subtreeAt + 1)..], StringComparison.OrdinalIgnoreCase);
        }

        if (subtree.Length > 0 && !NameMatcher.IsDnsName(subtree.TrimStart('.'), allowWildcard: false)) return ifUndecided;
        return IsAtHost(subtree, host);
    }

    private static bool ContainsUri(string subtree, string uri, bool ifUndecided)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return ifUndecided;
        var authority = uri[(start + 3)..];
        var end = authority.AsSpan().IndexOfAny("/?#");
        if (end >= 0) authority = authority[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var colon = authority.LastIndexOf(':');
        var host = colon >= 0 ? authority[..colon] : authority;
        return NameMatcher.IsDnsName(host, allowWildcard: false) ? IsAtHost(subtree, host) : ifUndecided;
    }

    private static bool IsAtHost(string subtree, string host) => subtree.StartsWith('.')
        ? host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase)
        : subtree.Length == 0 || host.Equals(subtree, StringComparison.OrdinalIgnoreCase);

    private static bool IsAtOrBelow(string name, string subtree) => subtree.Length == 0
        || name.Equals(subtree, StringComparison.OrdinalIgnoreCase)
        || (name.EndsWith(subtree, StringComparison.OrdinalIgnoreCase) && name[^(subtree.Length + 1)] == '.');

    private static string Text(GeneralName name) => Encoding.Latin1.GetString(name.Value.Span);
}
