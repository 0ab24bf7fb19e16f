namespace Fathom.Wire.Application.Http;

/// <summary>What differs between reading requests and reading responses.</summary>
internal interface IHttpMessageRules
{
    /// <summary>Octets that every start line begins with; checked one by one, so that another protocol is seen at once.</summary>
    ReadOnlySpan<byte> Prefix { get; }

    /// <summary>True when nothing is tolerated (requests: what two readers read differently is an attack).</summary>
    bool IsStrict { get; }

    /// <summary>Reads the start line, without its line end. A fault goes to <see cref="HttpMessageMachine.Fail"/>.</summary>
    void OnStartLine(HttpMessageMachine machine, ReadOnlySpan<byte> line, long offset);

    /// <summary>The head is whole: hands it out and decides the framing.</summary>
    HttpFramingDecision OnHead(HttpMessageMachine machine, HttpFields fields);
}
