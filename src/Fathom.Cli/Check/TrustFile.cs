using System.Diagnostics.CodeAnalysis;
using Fathom.Hosts.Application;
using Fathom.Hosts.Os.Application;
using Fathom.Wire.Application;

namespace Fathom.Cli.Check;

/// <summary>Reads the roots that a user names.</summary>
internal static class TrustFile
{
    // The largest bundles have some 150 certificates in 250 KiB.
    private const long MaximumLength = 16 * 1024 * 1024;

    /// <summary>Reads a PEM file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="anchors">The certificates, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out TrustAnchors? anchors, out string reason)
    {
        anchors = null;
        var shown = TextSanitizer.Escape(path);
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > MaximumLength)
            {
                reason = $"{shown} is larger than {MaximumLength / (1024 * 1024)} MiB; expected a PEM file of certificates";
                return false;
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = $"cannot read {shown}: {TextSanitizer.Escape(e.Message)}";
            return false;
        }

        var certificates = new List<ReadOnlyMemory<byte>>();
        PemCertificates.Read(bytes, certificates);
        if (certificates.Count == 0)
        {
            reason = $"{shown} holds no certificate; expected a PEM file with \"BEGIN CERTIFICATE\"";
            return false;
        }

        anchors = new TrustAnchors(certificates, path);
        reason = string.Empty;
        return true;
    }
}
