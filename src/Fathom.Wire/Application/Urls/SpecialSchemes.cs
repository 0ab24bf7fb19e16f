namespace Fathom.Wire.Application.Urls;

/// <summary>The schemes that the URL Standard §4.2 treats as the web's own.</summary>
internal static class SpecialSchemes
{
    /// <summary>The scheme, in lower case, is special.</summary>
    public static bool Contains(ReadOnlySpan<char> scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or "file";

    /// <summary>The default port, or -1 for none.</summary>
    public static int DefaultPort(ReadOnlySpan<char> scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        _ => -1,
    };
}
