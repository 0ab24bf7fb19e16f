namespace Fathom.Cli;

/// <summary>What, short of broken, makes the exit status 1.</summary>
internal enum FailOn
{
    /// <summary>Nothing else.</summary>
    Broken,

    /// <summary>A degraded verdict.</summary>
    Degraded,

    /// <summary>Any warning.</summary>
    Warn,
}
