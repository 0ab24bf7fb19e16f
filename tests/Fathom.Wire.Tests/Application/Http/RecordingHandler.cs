using System.Globalization;
using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>Writes down what a reader said, the pieces of a body joined.</summary>
internal sealed class RecordingHandler : IHttpResponseHandler, IHttpRequestHandler
{
    private readonly StringBuilder _log = new();
    private bool _inBody;

    public List<HttpResponseHead> Heads { get; } = [];

    public List<HttpRequestHead> Requests { get; } = [];

    public List<byte> Body { get; } = [];

    public HttpFields Trailers { get; private set; } = HttpFields.Empty;

    public bool IsComplete { get; private set; }

    public string Log => _inBody ? $"{_log}\n" : _log.ToString();

    public string BodyText => Encoding.Latin1.GetString([.. Body]);

    public void OnHead(HttpResponseHead head)
    {
        Heads.Add(head);
        Line(string.Create(CultureInfo.InvariantCulture, $"head {head.MajorVersion}.{head.MinorVersion} {head.Status} {head.Reason}"));
        foreach (var field in head.Fields) Line($"  {field.Name}={field.Value}");
    }

    public void OnHead(HttpRequestHead head)
    {
        Requests.Add(head);
        Line(string.Create(CultureInfo.InvariantCulture, $"head {head.Method} {head.Target} 1.{head.MinorVersion}"));
        foreach (var field in head.Fields) Line($"  {field.Name}={field.Value}");
    }

    public void OnBody(ReadOnlySpan<byte> bytes)
    {
        Assert.False(bytes.IsEmpty);
        Body.AddRange(bytes);
        _log.Append(_inBody ? "" : "body ").Append(Encoding.Latin1.GetString(bytes));
        _inBody = true;
    }

    public void OnTrailers(HttpFields trailers)
    {
        Trailers = trailers;
        foreach (var field in trailers) Line($"trailer {field.Name}={field.Value}");
    }

    public void OnComplete()
    {
        Assert.False(IsComplete);
        IsComplete = true;
        Line("complete");
    }

    private void Line(string line)
    {
        _log.Append(_inBody ? "\n" : "").Append(line).Append('\n');
        _inBody = false;
    }
}
