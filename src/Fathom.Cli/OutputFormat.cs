namespace Fathom.Cli;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON document a result.</summary>
    Json,

    /// <summary>One JSON object a line, as things happen.</summary>
    Ndjson,
}
