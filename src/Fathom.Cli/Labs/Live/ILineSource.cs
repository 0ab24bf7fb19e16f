namespace Fathom.Cli.Labs.Live;

/// <summary>Where a lab that runs gets the words of a person or a script from. A thread of its own waits for them; the lab takes them in between two events, on its own.</summary>
internal interface ILineSource
{
    /// <summary>Takes the next line that is whole; it does not wait.</summary>
    /// <param name="line">The line.</param>
    bool TryTake(out string line);

    /// <summary>What has been written of a line that is not whole; empty where that is not known.</summary>
    string Begun { get; }
}
