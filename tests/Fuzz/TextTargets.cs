using System.Text;
using Fathom.Wire.Application.Cookies;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Application.Urls;
using Fathom.Wire.Capture;
using Fathom.Wire.Internet;

namespace Fuzz;

/// <summary>Text that people and servers write.</summary>
internal static class TextTargets
{
    private const int MaxLength = 2048;

    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("address", static bytes => Read(bytes, ReadAddress), ["192.0.2.1/24"u8.ToArray(), "2001:db8::1%1"u8.ToArray(), "::ffff:1.2.3.4/96"u8.ToArray(), "fe80::1-fe80::9"u8.ToArray()]),
        new("url", static bytes => Read(bytes, ReadUrl), ["https://user:pw@example.com:8443/a/../b?q=%41#f"u8.ToArray(), "http://[::1]/"u8.ToArray(), "//0x7f.1/\u00e9"u8.ToArray(), "mailto:a@b"u8.ToArray()]),
        new("cookie", static bytes => Read(bytes, static text => SetCookie.TryParse(text, DateTimeOffset.UnixEpoch, out _, out _)), ["a=b; Path=/; Max-Age=5; SameSite=Lax; Secure; Expires=Wed, 21 Oct 2015 07:28:00 GMT"u8.ToArray()]),
        new("structured-field", static bytes => Read(bytes, ReadStructured), ["a;q=1, (b \"c\");d=?1, :AQI=:, @5, %\"x%c3%a9\""u8.ToArray(), "a=1, b=(1.5 -2);x"u8.ToArray()]),
        new("hex-dump", static bytes => Read(bytes, static text => HexDump.TryParse(text, out _, out _)), ["0000  01 02 03 04  ....\n0004  05\n"u8.ToArray(), "01:02 03-04"u8.ToArray()]),
    ];

    private static void Read(byte[] bytes, Action<string> read) => read(Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, MaxLength)));

    // An address that is read is written in a form that reads the same.
    private static void ReadAddress(string text)
    {
        if (IpAddress.TryParse(text, out var address, out _))
            FuzzException.ThrowUnless(IpAddress.TryParse(address.ToString(), out var again) && again == address, "an address's own text is read as the address");
        if (IpPrefix.TryParse(text, out var prefix, out _))
            FuzzException.ThrowUnless(IpPrefix.TryParse(prefix.ToString(), out var again) && again == prefix, "a prefix's own text is read as the prefix");
    }

    // The URL Standard: a serialized URL parses to itself.
    private static void ReadUrl(string text)
    {
        _ = UriReference.TryParse(text, out _, out _);
        if (!Url.TryParse(text, null, out var url, out _)) return;
        FuzzException.ThrowUnless(Url.TryParse(url.Href, null, out var again, out _) && again.Href == url.Href, "a serialized URL parses to itself");
    }

    // RFC 9651 §4: what is serialized parses to the same.
    private static void ReadStructured(string text)
    {
        if (StructuredField.TryParseList(text, out var list, out _) && StructuredField.TryWriteList(list, out var written) && written.Length > 0)
            FuzzException.ThrowUnless(StructuredField.TryParseList(written, out var again, out _) && StructuredField.TryWriteList(again, out var twice) && twice == written, "a serialized list parses to itself");
        if (StructuredField.TryParseDictionary(text, out var members, out _) && StructuredField.TryWriteDictionary(members, out written) && written.Length > 0)
            FuzzException.ThrowUnless(StructuredField.TryParseDictionary(written, out var again, out _) && StructuredField.TryWriteDictionary(again, out var twice) && twice == written, "a serialized dictionary parses to itself");
        _ = StructuredField.TryParseItem(text, out _, out _);
    }
}
