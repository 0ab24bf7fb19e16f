using System.Globalization;
using System.Text;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// JA3, a name for what a ClientHello offers: MD5 over version, suites, extensions, groups and point formats, all in decimal and without GREASE
/// (github.com/salesforce/ja3). The same client program has the same fingerprint, so that logs can name programs; it proves nothing.
/// </summary>
public static class TlsFingerprint
{
    /// <summary>The text that JA3 hashes: "771,4865-4866,0-23-65281,29-23,0".</summary>
    /// <param name="hello">A ClientHello.</param>
    public static string Ja3Text(TlsClientHello hello)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(ushort)hello.LegacyVersion},");
        AppendNumbers(text, hello.CipherSuites);
        text.Append(',');
        ReadOnlySpan<byte> groups = default, formats = default;
        var isFirst = true;
        foreach (var extension in hello.EnumerateExtensions())
        {
            if (extension.Type == TlsExtensionType.SupportedGroups && extension.TryGetNumbers(out var numbers)) groups = numbers;
            var rest = extension.Data;
            if (extension.Type == TlsExtensionType.EcPointFormats && TlsVectors.TryTake(ref rest, 1, out var octets)) formats = octets;
            if (TlsGrease.IsGrease((ushort)extension.Type)) continue;
            text.Append(isFirst ? "" : "-").Append(((ushort)extension.Type).ToString(CultureInfo.InvariantCulture));
            isFirst = false;
        }

        text.Append(',');
        AppendNumbers(text, groups);
        text.Append(',');
        for (var i = 0; i < formats.Length; i++) text.Append(i == 0 ? "" : "-").Append(formats[i].ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <summary>The fingerprint: 32 lower case hexadecimal digits.</summary>
    /// <param name="hello">A ClientHello.</param>
    public static string Ja3(TlsClientHello hello)
    {
        Span<byte> hash = stackalloc byte[Md5.HashLength];
        Md5.Hash(Encoding.ASCII.GetBytes(Ja3Text(hello)), hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void AppendNumbers(StringBuilder text, ReadOnlySpan<byte> numbers)
    {
        var isFirst = true;
        while (TlsVectors.TryTake16(ref numbers, out var number))
        {
            if (TlsGrease.IsGrease(number)) continue;
            text.Append(isFirst ? "" : "-").Append(number.ToString(CultureInfo.InvariantCulture));
            isFirst = false;
        }
    }
}
