namespace Fathom.EndToEnd.Cases;

/// <summary>One row of the matrix: a fault, the target that meets it, and the verdict it must get.</summary>
internal sealed record FaultCase(string Name, string Target, Expectation Expect, Fault Fault, Witness Witness)
{
    /// <summary>The client's resolv.conf, or null for the world's resolver.</summary>
    public string? ResolvConf { get; init; }

    /// <summary>The client's hosts file, or null for localhost alone.</summary>
    public string? Hosts { get; init; }

    public override string ToString() => Name;
}
