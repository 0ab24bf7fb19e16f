using System.Buffers;
using Fathom.Hosts.Application;

namespace Fathom.Hosts.Os.Application;

/// <summary>
/// Reads the trusted roots from files: SSL_CERT_FILE and SSL_CERT_DIR, which OpenSSL made the custom, where one of them is set;
/// else the bundle of the distribution.
/// </summary>
internal static class TrustAnchorReader
{
    private const long FileLimit = 32 * 1024 * 1024; // a hundred times the bundle of Mozilla
    private const int DirectoryLimit = 4096; // files
    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    // In the order in which Go's crypto/x509 and curl's configure look for them.
    private static readonly string[] UsualBundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Arch, Gentoo, Alpine
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
        "/etc/pki/tls/certs/ca-bundle.crt", // older RHEL
        "/etc/ssl/ca-bundle.pem", // openSUSE
        "/etc/pki/tls/cacert.pem", // OpenELEC
        "/etc/ssl/cert.pem", // Alpine, macOS, BSD
    ];

    /// <summary>True where the environment names certificates, which then are all that counts.</summary>
    public static bool IsGivenByEnvironment(OsHostOptions options)
        => !string.IsNullOrEmpty(options.Environment("SSL_CERT_FILE")) || !string.IsNullOrEmpty(options.Environment("SSL_CERT_DIR"));

    /// <summary>Reads the certificates; each is given once.</summary>
    public static HostResult<TrustAnchors> Read(OsHostOptions options)
    {
        var file = options.Environment("SSL_CERT_FILE");
        var directories = options.Environment("SSL_CERT_DIR");
        if (string.IsNullOrEmpty(file) && string.IsNullOrEmpty(directories)) return ReadBundle(options.CertificateBundlePaths ?? UsualBundles);

        var certificates = new List<ReadOnlyMemory<byte>>();
        var sources = new List<string>();
        if (!string.IsNullOrEmpty(file))
        {
            if (ReadFile(file, certificates) is { } refusal) return refusal with { Remedy = "Correct SSL_CERT_FILE, or unset it." };
            sources.Add(file + " (SSL_CERT_FILE)");
        }

        // As OpenSSL does: a folder that is missing takes nothing away from what the others have.
        HostRefusal? missing = null;
        foreach (var directory in (directories ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadDirectory(directory, certificates) is { } refusal) missing ??= refusal with { Remedy = "Correct SSL_CERT_DIR, or unset it." };
            else sources.Add(directory + " (SSL_CERT_DIR)");
        }

        if (missing is not null && certificates.Count == 0) return missing;

        return new TrustAnchors(Distinct(certificates), string.Join(", ", sources));
    }

    private static HostResult<TrustAnchors> ReadBundle(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (!File.Exists(path)) continue;
            var certificates = new List<ReadOnlyMemory<byte>>();
            return ReadFile(path, certificates) is { } refusal ? refusal : new TrustAnchors(certificates, path);
        }

        return new HostRefusal(
            HostRefusalKind.Failed,
            $"No certificate bundle was found: looked at {string.Join(", ", paths)}.",
            "Install the package ca-certificates, or name a bundle by SSL_CERT_FILE.");
    }

    private static HostRefusal? ReadFile(string path, List<ReadOnlyMemory<byte>> certificates)
    {
        try
        {
            // A directory has hundreds of files: the handle, and sharing that needs no lock, cost the fewest system calls.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > FileLimit) return new HostRefusal(HostRefusalKind.Failed, $"The certificates in {path} cannot be read: the file has {length} octets.");
            var bytes = new byte[length];
            var read = 0;
            int count;
            while ((count = RandomAccess.Read(handle, bytes.AsSpan(read), read)) > 0) read += count;
            PemCertificates.Read(bytes.AsSpan(0, read), certificates);
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            return new HostRefusal(HostRefusalKind.NotPermitted, $"The certificates in {path} cannot be read: {e.Message}");
        }
        catch (IOException e)
        {
            return new HostRefusal(HostRefusalKind.Failed, $"The certificates in {path} cannot be read: {e.Message}");
        }
    }

    private static HostRefusal? ReadDirectory(string path, List<ReadOnlyMemory<byte>> certificates)
    {
        string[] files;
        try
        {
            // Entries, not files: to tell one from the other each would be asked for.
            files = Directory.GetFileSystemEntries(path, "*", EveryEntry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HostRefusal(
                e is IOException ? HostRefusalKind.Failed : HostRefusalKind.NotPermitted, $"The certificates in {path} cannot be read: {e.Message}");
        }

        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files.Where(IsHashName).Take(DirectoryLimit))
        {
            // A dangling link among the hashes is common, and no reason to trust nobody.
            _ = ReadFile(file, certificates);
        }

        return null;
    }

    // OpenSSL looks for files by the hash of the subject, "9d04f354.0" (X509_LOOKUP_hash_dir(3)), and does not see others.
    private static bool IsHashName(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.Length >= 10 && name[8] == '.' && !name[..8].ContainsAnyExcept(HexDigits) && !name[9..].ContainsAnyExceptInRange('0', '9');
    }

    private static List<ReadOnlyMemory<byte>> Distinct(List<ReadOnlyMemory<byte>> certificates)
    {
        var seen = new HashSet<ReadOnlyMemory<byte>>(new SameOctets());
        return certificates.FindAll(seen.Add);
    }

    private sealed class SameOctets : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        // The signature is at the end: its octets differ wherever certificates do.
        public int GetHashCode(ReadOnlyMemory<byte> certificate)
        {
            var hash = default(HashCode);
            hash.AddBytes(certificate.Span[^Math.Min(16, certificate.Length)..]);
            return hash.ToHashCode();
        }
    }
}
