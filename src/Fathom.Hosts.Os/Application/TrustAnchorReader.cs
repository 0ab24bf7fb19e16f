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

        foreach (var directory in (directories ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadDirectory(directory, certificates) is { } refusal) return refusal with { Remedy = "Correct SSL_CERT_DIR, or unset it." };
            sources.Add(directory + " (SSL_CERT_DIR)");
        }

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
            var length = new FileInfo(path).Length;
            if (length > FileLimit) return new HostRefusal(HostRefusalKind.Failed, $"The certificates in {path} cannot be read: the file has {length} octets.");
            PemCertificates.Read(File.ReadAllBytes(path), certificates);
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
            files = Directory.GetFiles(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HostRefusal(
                e is IOException ? HostRefusalKind.Failed : HostRefusalKind.NotPermitted, $"The certificates in {path} cannot be read: {e.Message}");
        }

        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files.Take(DirectoryLimit))
        {
            // A dangling link among the hashes is common, and no reason to trust nobody.
            _ = ReadFile(file, certificates);
        }

        return null;
    }

    private static List<ReadOnlyMemory<byte>> Distinct(List<ReadOnlyMemory<byte>> certificates)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return certificates.FindAll(certificate => seen.Add(Convert.ToBase64String(certificate.Span)));
    }
}
