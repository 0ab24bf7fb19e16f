namespace Fathom.Cli.Http;

/// <summary>Media types by the ends of file names.</summary>
internal static class MediaTypes
{
    // RFC 9110 §8.3: where nothing is known, this is what a recipient assumes.
    private const string Unknown = "application/octet-stream";

    /// <summary>The type to serve a file with: text says that it is UTF-8.</summary>
    /// <param name="extension">The extension with its dot, in any case.</param>
    public static string OfExtension(string extension) => extension.ToLowerInvariant() switch
    {
        ".html" or ".htm" => "text/html; charset=utf-8",
        ".txt" or ".md" => "text/plain; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".xml" => "application/xml",
        ".pdf" => "application/pdf",
        ".png" => "image/png",
        ".gif" => "image/gif",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".svg" => "image/svg+xml",
        ".gz" => "application/gzip",
        _ => Unknown,
    };

    /// <summary>The type to upload a file with: nobody has looked how its text is coded.</summary>
    /// <param name="path">The file's path.</param>
    public static string OfUpload(string path) => OfExtension(Path.GetExtension(path)).Split(';')[0];
}
