using System.Buffers;
using System.Buffers.Text;

namespace Fathom.Hosts.Os.Application;

/// <summary>
/// Takes the certificates out of PEM text (RFC 7468 §5): only the armor is looked for and base64 decoded, since
/// a bundle has some 150 certificates and most runs of the program need to match one.
/// </summary>
public static class PemCertificates
{
    private const byte DerSequence = 0x30;

    /// <summary>Appends every certificate; text around and between them is skipped, and so is one that is not base64 or not DER.</summary>
    /// <param name="bytes">PEM text, or the DER of one certificate.</param>
    /// <param name="certificates">Takes the DER.</param>
    public static void Read(ReadOnlySpan<byte> bytes, List<ReadOnlyMemory<byte>> certificates)
    {
        if (!bytes.IsEmpty && bytes[0] == DerSequence)
        {
            if (DerLength(bytes) is { } whole) certificates.Add(bytes[..whole].ToArray());
            return;
        }

        // Base64 shrinks, so one array holds all of them.
        var decoded = new byte[bytes.Length];
        var used = 0;
        while (TryFindBlock(ref bytes, out var base64))
        {
            var destination = decoded.AsSpan(used);
            if (Base64.DecodeFromUtf8(base64, destination, out _, out var written) != OperationStatus.Done) continue;
            // A TRUSTED CERTIFICATE has OpenSSL's settings after the certificate itself.
            if (DerLength(destination[..written]) is not { } length) continue;
            certificates.Add(decoded.AsMemory(used, length));
            used += length;
        }
    }

    private static bool TryFindBlock(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> base64)
    {
        base64 = default;
        while (true)
        {
            var begin = bytes.IndexOf("-----BEGIN "u8);
            if (begin < 0) return false;
            bytes = bytes[(begin + 11)..];
            var labelEnd = bytes.IndexOf("-----"u8);
            if (labelEnd < 0) return false;
            var label = bytes[..labelEnd];
            var isCertificate = label.SequenceEqual("CERTIFICATE"u8) || label.SequenceEqual("X509 CERTIFICATE"u8) || label.SequenceEqual("TRUSTED CERTIFICATE"u8);
            bytes = bytes[(labelEnd + 5)..];
            if (!isCertificate) continue;
            var end = bytes.IndexOf("-----END "u8);
            if (end < 0) return false;
            base64 = bytes[..end];
            bytes = bytes[end..];
            return true;
        }
    }

    // The length of the outermost element (X.690 §8.1.3); null where it is no SEQUENCE or does not fit.
    private static int? DerLength(ReadOnlySpan<byte> der)
    {
        if (der.Length < 2 || der[0] != DerSequence) return null;
        if (der[1] < 0x80) return der.Length >= 2 + der[1] ? 2 + der[1] : null;
        var count = der[1] & 0x7F;
        if (count is 0 or > 3 || der.Length < 2 + count) return null;
        var length = 0;
        for (var i = 0; i < count; i++) length = (length << 8) | der[2 + i];
        return der.Length - 2 - count >= length ? 2 + count + length : null;
    }
}
