namespace Packetdrill.Playing;

/// <summary>How a script went.</summary>
internal enum Verdict
{
    /// <summary>Everything was as the script says.</summary>
    Pass,

    /// <summary>Something was not.</summary>
    Fail,

    /// <summary>The script asks for what this stack or this runner does not have: it says nothing about the rest.</summary>
    NotApplicable,
}
