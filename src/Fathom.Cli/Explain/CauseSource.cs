using Fathom.Diagnosis;

namespace Fathom.Cli.Explain;

/// <summary>The causes that <c>fathom check</c> names.</summary>
internal sealed class CauseSource : ITermSource
{
    public IEnumerable<string> Terms => CauseGlossary.All.Select(static c => c.Cause);

    public IEnumerable<TermAnswer> Find(string term)
    {
        if (CauseGlossary.Find(term) is { } cause)
        {
            yield return new TermAnswer("cause", cause.Cause, cause.When) { Facts = [("layer", Words.Of(cause.Layer)), ("try", cause.Try), ("named by", "fathom check")] };
            yield break;
        }

        if (!term.Equals("causes", StringComparison.OrdinalIgnoreCase)) yield break;
        yield return new TermAnswer("causes", "The causes that fathom check names", "Each id keeps its meaning for ever, so scripts may depend on it.")
        {
            Rows = [.. CauseGlossary.All.Select(static c => (c.Cause, Words.Of(c.Layer), c.When))],
        };
    }
}
