namespace Fathom.Probes.Application.Tls;

/// <summary>Takes the name of a cipher suite apart: what each part of it is for.</summary>
public static class CipherSuiteText
{
    // Longest first where one begins another.
    private static readonly (string Word, string Meaning)[] Exchanges =
    [
        ("ECDHE_ECDSA", "ECDHE agrees on a fresh key (forward secrecy), ECDSA signs it"),
        ("ECDHE_RSA", "ECDHE agrees on a fresh key (forward secrecy), RSA signs it"),
        ("DHE_RSA", "DHE agrees on a fresh key (forward secrecy), RSA signs it"),
        ("RSA", "the client encrypts a secret to the server's RSA key: no forward secrecy"),
    ];

    private static readonly (string Word, string Meaning)[] Ciphers =
    [
        ("AES_128_GCM", "AES with a 128-bit key in GCM: encrypts and authenticates each record"),
        ("AES_256_GCM", "AES with a 256-bit key in GCM: encrypts and authenticates each record"),
        ("CHACHA20_POLY1305", "ChaCha20 encrypts, Poly1305 authenticates each record"),
        ("AES_128_CBC", "AES with a 128-bit key in CBC, an older mode"),
        ("AES_256_CBC", "AES with a 256-bit key in CBC, an older mode"),
        ("3DES_EDE_CBC", "triple DES: blocks of 64 bits, broken for long sessions (Sweet32)"),
    ];

    /// <summary>The parts, in the order of the name; empty for a suite that is not known.</summary>
    /// <param name="suite">The IANA name, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256".</param>
    public static IReadOnlyList<(string Part, string Meaning)> Explain(string suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        if (!suite.StartsWith("TLS_", StringComparison.Ordinal)) return [];
        var parts = new List<(string, string)>();
        var rest = suite[4..];
        if (rest.IndexOf("_WITH_", StringComparison.Ordinal) is var with and >= 0)
        {
            var exchange = rest[..with];
            parts.Add((exchange, Exchanges.FirstOrDefault(e => e.Word == exchange).Meaning ?? "key exchange and signature"));
            rest = rest[(with + 6)..];
        }

        foreach (var (word, meaning) in Ciphers)
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal)) continue;
            parts.Add((word, meaning));
            rest = rest[word.Length..].TrimStart('_');
            var isRecordMac = word.EndsWith("CBC", StringComparison.Ordinal);
            if (rest.Length > 0) parts.Add((rest, isRecordMac ? "the hash that authenticates each record" : "the hash that the session's keys are derived with"));
            break;
        }

        return parts;
    }
}
