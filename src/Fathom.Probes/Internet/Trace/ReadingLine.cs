namespace Fathom.Probes.Internet.Trace;

/// <summary>One thing that a trace says.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Hop">The hop that it is about, or null for the path.</param>
/// <param name="Text">One sentence or two, with this trace's numbers.</param>
/// <param name="IsProblem">Packets of users suffer from it.</param>
public sealed record ReadingLine(ReadingKind Kind, ReadingConfidence Confidence, byte? Hop, string Text, bool IsProblem = false);
