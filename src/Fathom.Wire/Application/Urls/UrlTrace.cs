namespace Fathom.Wire.Application.Urls;

/// <summary>What the parser noticed and did, for those who want to show it. Parsing without a trace is faster and allocates less.</summary>
public sealed class UrlTrace
{
    private readonly List<UrlError> _errors = [];
    private readonly List<UrlEncodingStep> _encodings = [];

    /// <summary>The validation errors, in the order in which they were found; a failure is the last.</summary>
    public IReadOnlyList<UrlError> Errors => _errors;

    /// <summary>What was percent-encoded, in the order of the text.</summary>
    public IReadOnlyList<UrlEncodingStep> Encodings => _encodings;

    internal void Add(UrlError error) => _errors.Add(error);

    internal void Add(UrlEncodingStep step) => _encodings.Add(step);
}
