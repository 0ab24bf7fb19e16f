namespace Fathom.EndToEnd.Cases;

/// <summary>
/// How sure a verdict may be. `certain` needs a packet (or the kernel's own word) that says it; what is
/// concluded from silence alone is `likely` at most. A cell of the matrix names what it accepts.
/// </summary>
[Flags]
internal enum Confidence
{
    None = 0,
    Possible = 1,
    Likely = 2,
    Certain = 4,
}
