namespace Fathom.Cli.Labs.Live;

/// <summary>Nobody has anything to say.</summary>
internal sealed class NoLines : ILineSource
{
    public string Begun => string.Empty;

    public bool TryTake(out string line)
    {
        line = string.Empty;
        return false;
    }
}
