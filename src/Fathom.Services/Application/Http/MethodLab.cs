using System.Globalization;
using System.Security.Cryptography;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Application.Http;

/// <summary>
/// A store of resources that behaves as RFC 9110 §9 says, to see what methods do: PUT sent twice leaves one resource, POST sent twice makes two.
/// PATCH adds its body at the end. Entity tags are hashes of the content, so that they are the same in every run. Nothing is kept
/// beyond the process.
/// </summary>
public sealed class MethodLab : IHttpHandler
{
    private const string Allowed = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS";

    // Enough to play with, and no place to fill a memory.
    private const int MaximumResources = 1000;
    private const int MaximumLength = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (ReadOnlyMemory<byte> Content, string Type)> _resources = new(StringComparer.Ordinal);
    private int _created;

    /// <summary>Resources in the store.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _resources.Count;
        }
    }

    /// <inheritdoc/>
    public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate) return ValueTask.FromResult(Handle(request));
    }

    private HttpReply Handle(HttpServerRequest request)
    {
        var method = request.Head.Method;
        var path = request.Path;

        // RFC 9110 §9.1: 501 for a method that is not known at all, 405 with Allow for one that this resource does not take.
        if (!HttpMethodRegistry.TryFind(method, out _)) return HttpReply.Text(501, "the method is not known");
        if (method == "OPTIONS") return new HttpReply(204) { Fields = [new HttpField("Allow", Allowed)] };
        if (method is not ("GET" or "HEAD" or "PUT" or "POST" or "PATCH" or "DELETE")) return With(HttpReply.Text(405, $"{method} is not for this resource"), new HttpField("Allow", Allowed));
        var exists = _resources.TryGetValue(path, out var resource);
        var tag = exists ? Tag(resource.Content.Span) : null;
        if (HttpPreconditions.Evaluate(method, request.Head.Fields, tag) is { } status)
            return status == 304 ? new HttpReply(304) { Fields = [new HttpField("ETag", tag!)] } : HttpReply.Text(412, "the condition does not hold: somebody changed it, or it is not there");
        return method switch
        {
            "PUT" => Put(path, request, exists),
            "POST" => Post(path, request),
            "PATCH" => Patch(path, request, exists, resource),
            "DELETE" => Delete(path),
            _ => Get(path, exists, resource, tag),
        };
    }

    private HttpReply Get(string path, bool exists, (ReadOnlyMemory<byte> Content, string Type) resource, string? tag)
    {
        if (exists) return new HttpReply(200) { Fields = [new HttpField("Content-Type", resource.Type), new HttpField("ETag", tag!)], Body = resource.Content };
        if (!path.EndsWith('/')) return HttpReply.Text(404, "nothing is here");
        var below = _resources.Keys.Where(name => name.StartsWith(path, StringComparison.Ordinal)).ToList();
        return HttpReply.Text(200, below.Count == 0 ? "empty" : string.Join('\n', below));
    }

    private HttpReply Put(string path, HttpServerRequest request, bool exists)
    {
        if (path.EndsWith('/')) return HttpReply.Text(409, "a path that ends in \"/\" lists what is below it; put something below it");
        if (!exists && IsFull || request.Body.Length > MaximumLength) return Full();
        _resources[path] = (request.Body.ToArray(), TypeOf(request));

        // §9.3.4: 201 when it was created, else 200 or 204.
        var tag = new HttpField("ETag", Tag(request.Body.Span));
        return exists ? new HttpReply(204) { Fields = [tag] } : With(HttpReply.Text(201, $"created; {State()}"), tag);
    }

    private HttpReply Post(string path, HttpServerRequest request)
    {
        if (IsFull || request.Body.Length > MaximumLength) return Full();
        var name = string.Create(CultureInfo.InvariantCulture, $"{path.TrimEnd('/')}/{++_created}");
        _resources[name] = (request.Body.ToArray(), TypeOf(request));

        // §9.3.3: what was created is named by Location.
        return With(HttpReply.Text(201, $"created {name}; {State()}"), new HttpField("Location", name));
    }

    private HttpReply Patch(string path, HttpServerRequest request, bool exists, (ReadOnlyMemory<byte> Content, string Type) resource)
    {
        if (!exists) return HttpReply.Text(404, "nothing is here to change");
        byte[] content = [.. resource.Content.Span, .. request.Body.Span];
        if (content.Length > MaximumLength) return Full();
        _resources[path] = (content, resource.Type);
        return With(HttpReply.Text(200, string.Create(CultureInfo.InvariantCulture, $"now {content.Length} octets")), new HttpField("ETag", Tag(content)));
    }

    // §9.3.5. Repeated, the effect is that of once, though the second answer says 404 (§9.2.2).
    private HttpReply Delete(string path) => _resources.Remove(path) ? new HttpReply(204) : HttpReply.Text(404, "nothing is here");

    private bool IsFull => _resources.Count >= MaximumResources;

    private string State() => _resources.Count == 1 ? "the store holds 1 resource" : string.Create(CultureInfo.InvariantCulture, $"the store holds {_resources.Count} resources");

    private static HttpReply Full() => HttpReply.Text(507, "the store is full");

    private static HttpReply With(HttpReply reply, HttpField field) => reply with { Fields = reply.Fields.With(field.Name, field.Value) };

    private static string TypeOf(HttpServerRequest request) => request.Head.Fields.First("Content-Type") ?? "application/octet-stream";

    private static string Tag(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}\"";
}
