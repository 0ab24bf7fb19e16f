namespace Fathom.Cli.Explain;

/// <summary>Knows terms of one kind.</summary>
internal interface ITermSource
{
    /// <summary>What the term means here: nothing, one thing, or more.</summary>
    /// <param name="term">The words, with single blanks between them.</param>
    IEnumerable<TermAnswer> Find(string term);

    /// <summary>Terms that can be asked for, to suggest from.</summary>
    IEnumerable<string> Terms { get; }
}
