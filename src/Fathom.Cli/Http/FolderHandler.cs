using System.Globalization;
using System.Text;
using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Answers GET and HEAD with the files of a folder, and never with one outside it.</summary>
internal sealed class FolderHandler(string folder) : IHttpHandler
{
    // A file is sent from memory.
    private const long MaximumLength = 256 * 1024 * 1024;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation) => ValueTask.FromResult(Handle(request));

    private HttpReply Handle(HttpServerRequest request)
    {
        if (request.Head.Method is not ("GET" or "HEAD"))
        {
            if (!HttpMethodRegistry.TryFind(request.Head.Method, out _)) return HttpReply.Text(501, "the method is not known");
            var no = HttpReply.Text(request.Head.Method == "OPTIONS" ? 200 : 405, "files are read with GET and HEAD");
            return no with { Fields = no.Fields.With("Allow", "GET, HEAD, OPTIONS") };
        }

        var path = Uri.UnescapeDataString(request.Path);
        if (path.Contains('\0', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)) return NotFound();
        var full = Path.GetFullPath(Path.Combine(_root, path.TrimStart('/')));
        if (full != _root && !full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return NotFound();
        try
        {
            if (Directory.Exists(full))
            {
                // RFC 3986 §5.2.3: relative links of a page need the slash.
                if (!request.Path.EndsWith('/')) return new HttpReply(301) { Fields = [new HttpField("Location", request.Path + "/")] };
                var index = Path.Combine(full, "index.html");
                if (!File.Exists(index)) return HttpReply.Text(200, string.Join('\n', Directory.GetFileSystemEntries(full).Select(static e => Path.GetFileName(e) + (Directory.Exists(e) ? "/" : "")).Order(StringComparer.Ordinal)));
                full = index;
            }

            var file = new FileInfo(full);

            // A link may lead out of the folder: what it leads to is not served.
            if (!file.Exists || file.LinkTarget is not null) return NotFound();
            if (file.Length > MaximumLength) return HttpReply.Text(500, "the file is too large to be served from memory");
            return Send(request, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HttpReply.Text(403, "the file cannot be read");
        }
    }

    private static HttpReply Send(HttpServerRequest request, FileInfo file)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        if (HttpPreconditions.Evaluate(request.Head.Method, request.Head.Fields, tag) is { } status) return new HttpReply(status) { Fields = [new HttpField("ETag", tag)] };
        return new HttpReply(200)
        {
            Fields =
            [
                new HttpField("Content-Type", MediaTypes.OfExtension(file.Extension)),
                new HttpField("ETag", tag),
                new HttpField("Last-Modified", file.LastWriteTimeUtc.ToString("r", CultureInfo.InvariantCulture)),
                new HttpField("X-Content-Type-Options", "nosniff"),
            ],
            Body = File.ReadAllBytes(file.FullName),
        };
    }

    private static HttpReply NotFound() => HttpReply.Text(404, "no such file");
}
