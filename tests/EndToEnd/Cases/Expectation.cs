namespace Fathom.EndToEnd.Cases;

/// <summary>The verdict that a case must get.</summary>
/// <param name="Statuses">The statuses accepted: one, but for controls, where `works` and `degraded` may both be right.</param>
/// <param name="Layer">The layer of the cause, or null where there is no cause.</param>
/// <param name="Cause">The one cause, or null where nothing is wrong.</param>
/// <param name="AsRoot">The confidence with capture.</param>
/// <param name="AsNobody">The confidence of an ordinary user.</param>
internal sealed record Expectation(
    IReadOnlyList<string> Statuses, string? Layer, string? Cause, Confidence AsRoot, Confidence AsNobody)
{
    /// <summary>Warnings that are true as well, and may be claimed beside the cause.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Other causes that are as right, where nothing on the network tells them apart.</summary>
    public IReadOnlyList<string> Or { get; init; } = [];

    /// <summary>The cause that an ordinary user is told, where only a capture knows better; null where it is the same.</summary>
    public string? CauseAsNobody { get; init; }

    /// <summary>Findings of any severity that must be there.</summary>
    public IReadOnlyList<string> Finds { get; init; } = [];

    public static Expectation Works { get; } = new(["works"], null, null, Confidence.None, Confidence.None);

    /// <summary>A control: never broken, and at most these findings.</summary>
    public static Expectation NeverBroken(params string[] also) =>
        new(["works", "degraded"], null, null, Confidence.None, Confidence.None) { Also = also };

    /// <summary>The target is got, and this is found; whether it matters enough to be `degraded` is left open.</summary>
    public static Expectation Finding(string cause) => NeverBroken(cause) with { Finds = [cause] };

    public static Expectation Broken(string cause, Confidence asRoot = Confidence.Certain, Confidence? asNobody = null) =>
        new(["broken"], Contract.LayerOf(cause), cause, asRoot, asNobody ?? asRoot);

    public static Expectation Degraded(string cause, Confidence asRoot = Confidence.Certain, Confidence? asNobody = null) =>
        new(["degraded"], Contract.LayerOf(cause), cause, asRoot, asNobody ?? asRoot);

    public Confidence ConfidenceAs(Privilege privilege) => privilege == Privilege.Root ? AsRoot : AsNobody;

    public string? CauseAs(Privilege privilege) => privilege == Privilege.Root ? Cause : CauseAsNobody ?? Cause;

    public bool Allows(string? cause, Privilege privilege) => cause == CauseAs(privilege) || (cause is not null && Or.Contains(cause));

    public override string ToString() => $"{string.Join(" or ", Statuses)} {Cause}".TrimEnd();
}
