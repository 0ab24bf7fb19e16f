using System.Text;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Dissection;

/// <summary>What a TLS extension says, for people.</summary>
internal static class TlsExtensionDissector
{
    // Names are at most 255 octets by their own protocols; lists may be long.
    private const int ShownText = 256;
    private const int ShownItems = 24;

    internal static string Text(ReadOnlySpan<byte> octets) => TextSanitizer.EscapeOctets(octets[..Math.Min(octets.Length, ShownText)]) + (octets.Length > ShownText ? "…" : "");

    /// <summary>The registered name in camel case, or "extension".</summary>
    internal static string FieldName(TlsExtensionType type)
    {
        var name = type.ToText();
        if (type == TlsExtensionType.Alpn) return "alpn";
        if (name.Contains(' ', StringComparison.Ordinal)) return TlsGrease.IsGrease((ushort)type) ? "grease" : "extension";
        var text = new StringBuilder();
        foreach (var word in name.Split('_')) text.Append(text.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]);
        return text.ToString();
    }

    /// <summary>The content in words; "present" for an extension whose presence is all it says.</summary>
    internal static string Describe(TlsExtension extension, bool isServer)
    {
        var text = extension.Type switch
        {
            TlsExtensionType.ServerName when extension.TryGetServerName(out var name) => Text(name),
            TlsExtensionType.Alpn when extension.TryGetProtocols(out var names) => Protocols(names),
            TlsExtensionType.SupportedGroups when extension.TryGetNumbers(out var numbers) => List(numbers, TlsNamedGroups.Name),
            TlsExtensionType.SignatureAlgorithms or TlsExtensionType.SignatureAlgorithmsCert when extension.TryGetNumbers(out var numbers) => List(numbers, TlsSignatureSchemes.Name),
            TlsExtensionType.SupportedVersions when isServer && extension.TryGetSelectedVersion(out var version) => version.ToText(),
            TlsExtensionType.SupportedVersions when !isServer && extension.TryGetNumbers(out var numbers) => List(numbers, VersionText),
            TlsExtensionType.KeyShare when isServer && extension.TryGetSelectedGroup(out var group) => TlsNamedGroups.Name(group),
            TlsExtensionType.KeyShare when !isServer && extension.TryGetClientShares(out var shares) => Shares(shares),
            TlsExtensionType.EcPointFormats when extension.Data.Length > 1 => Octets(extension.Data[1..], static format => format switch { 0 => "uncompressed", 1 => "ansiX962_compressed_prime", 2 => "ansiX962_compressed_char2", _ => FieldText.Invariant($"{format}") }),
            TlsExtensionType.PskKeyExchangeModes when extension.Data.Length > 1 => Octets(extension.Data[1..], static mode => mode switch { 0 => "psk_ke", 1 => "psk_dhe_ke", _ => FieldText.Invariant($"{mode}") }),
            TlsExtensionType.CompressCertificate when extension.TryGetNumbers(out var numbers) => List(numbers, static n => n switch { 1 => "zlib", 2 => "brotli", 3 => "zstd", _ => FieldText.Invariant($"{n}") }),
            TlsExtensionType.StatusRequest when extension.Data.Length > 0 => extension.Data[0] == 1 ? "ocsp" : FieldText.Invariant($"type {extension.Data[0]}"),
            TlsExtensionType.RecordSizeLimit when extension.Data.Length == 2 => FieldText.Octets(BitField.Read(extension.Data, 0, 16)).ToString(),
            TlsExtensionType.MaxFragmentLength when extension.Data.Length == 1 && extension.Data[0] is >= 1 and <= 4 => FieldText.Octets(1u << (8 + extension.Data[0])).ToString(),
            TlsExtensionType.PreSharedKey when isServer && extension.Data.Length == 2 => FieldText.Invariant($"identity {BitField.Read(extension.Data, 0, 16)}"),
            TlsExtensionType.RenegotiationInfo => extension.Data.Length <= 1 ? "first handshake" : "renegotiation",
            TlsExtensionType.Padding or TlsExtensionType.Cookie or TlsExtensionType.SessionTicket or TlsExtensionType.PreSharedKey or TlsExtensionType.EncryptedClientHello
                or TlsExtensionType.SignedCertificateTimestamp or TlsExtensionType.QuicTransportParameters => extension.Data.IsEmpty ? "" : FieldText.Octets((ulong)extension.Data.Length).ToString(),
            _ => extension.Data.IsEmpty ? "" : FieldText.Bytes(extension.Data),
        };

        // A field's name says which extension it is, where it has a name of its own.
        if (FieldName(extension.Type) is "extension" or "grease") return text.Length == 0 ? extension.Type.ToText() : $"{extension.Type.ToText()}: {text}";
        return text.Length == 0 ? "present" : text;
    }

    /// <summary>Adds the parts of a CertificateRequest before TLS 1.3: kinds, schemes (from TLS 1.2 on), and authorities.</summary>
    internal static void AddCertificateRequest(TlsRows rows, ReadOnlySpan<byte> body, int at)
    {
        var rest = body;
        if (!TlsVectors.TryTake(ref rest, 1, out var kinds)) return;
        if (!kinds.IsEmpty) rows.AddOctets("certificateTypes", at + 1, kinds.Length, null, Octets(kinds, static kind => kind switch { 1 => "rsa_sign", 2 => "dss_sign", 64 => "ecdsa_sign", _ => FieldText.Invariant($"{kind}") }), "RFC 5246 §7.4.4");
        var before = body.Length - rest.Length;
        var isOlder = TlsVectors.TryTake(ref rest, 2, out var schemes) && rest.IsEmpty;
        if (isOlder || schemes.IsEmpty) return; // until TLS 1.1 the authorities stand here and end the message
        rows.AddOctets("signatureAlgorithms", at + before + 2, schemes.Length, null, List(schemes, TlsSignatureSchemes.Name), "RFC 5246 §7.4.4");
        before = body.Length - rest.Length;
        if (TlsVectors.TryTake(ref rest, 2, out var authorities) && !authorities.IsEmpty)
            rows.AddOctets("certificateAuthorities", at + before + 2, authorities.Length, null, FieldText.Octets((ulong)authorities.Length), "RFC 5246 §7.4.4");
    }

    internal static string Spec(TlsExtensionType type) => type switch
    {
        TlsExtensionType.ServerName => "RFC 6066 §3",
        TlsExtensionType.MaxFragmentLength => "RFC 6066 §4",
        TlsExtensionType.StatusRequest => "RFC 6066 §8",
        TlsExtensionType.SupportedGroups => "RFC 8446 §4.2.7",
        TlsExtensionType.EcPointFormats => "RFC 8422 §5.1.2",
        TlsExtensionType.SignatureAlgorithms or TlsExtensionType.SignatureAlgorithmsCert => "RFC 8446 §4.2.3",
        TlsExtensionType.Alpn => "RFC 7301 §3.1",
        TlsExtensionType.SignedCertificateTimestamp => "RFC 6962 §3.3.1",
        TlsExtensionType.Padding => "RFC 7685 §3",
        TlsExtensionType.EncryptThenMac => "RFC 7366 §2",
        TlsExtensionType.ExtendedMasterSecret => "RFC 7627 §5.1",
        TlsExtensionType.CompressCertificate => "RFC 8879 §3",
        TlsExtensionType.RecordSizeLimit => "RFC 8449 §4",
        TlsExtensionType.SessionTicket => "RFC 5077 §3.2",
        TlsExtensionType.PreSharedKey => "RFC 8446 §4.2.11",
        TlsExtensionType.EarlyData => "RFC 8446 §4.2.10",
        TlsExtensionType.SupportedVersions => "RFC 8446 §4.2.1",
        TlsExtensionType.Cookie => "RFC 8446 §4.2.2",
        TlsExtensionType.PskKeyExchangeModes => "RFC 8446 §4.2.9",
        TlsExtensionType.CertificateAuthorities => "RFC 8446 §4.2.4",
        TlsExtensionType.KeyShare => "RFC 8446 §4.2.8",
        TlsExtensionType.QuicTransportParameters => "RFC 9001 §8.2",
        TlsExtensionType.EncryptedClientHello => "RFC 9849 §5",
        TlsExtensionType.RenegotiationInfo => "RFC 5746 §3.2",
        _ => TlsGrease.IsGrease((ushort)type) ? "RFC 8701 §2" : "RFC 8446 §4.2",
    };

    private static string VersionText(int version) => TlsGrease.IsGrease(version) ? TlsGrease.ToText(version) : ((TlsVersion)version).ToText();

    private static string Protocols(TlsProtocolNames names)
    {
        var shown = new List<string>();
        foreach (var name in names) shown.Add(Text(name));
        return Join(shown);
    }

    private static string Shares(TlsKeyShareEnumerator shares)
    {
        var shown = new List<string>();
        while (shares.MoveNext()) shown.Add(FieldText.Invariant($"{TlsNamedGroups.Name(shares.Group)} ({shares.Key.Length} octets)"));
        return Join(shown);
    }

    private static string List(ReadOnlySpan<byte> numbers, Func<int, string> name)
    {
        var shown = new List<string>();
        while (TlsVectors.TryTake16(ref numbers, out var number)) shown.Add(name(number));
        return Join(shown);
    }

    private static string Octets(ReadOnlySpan<byte> numbers, Func<int, string> name)
    {
        var shown = new List<string>();
        foreach (var number in numbers) shown.Add(name(number));
        return Join(shown);
    }

    private static string Join(List<string> items)
        => string.Join(", ", items.Take(ShownItems)) + (items.Count > ShownItems ? FieldText.Invariant($" and {items.Count - ShownItems} more") : "");
}
