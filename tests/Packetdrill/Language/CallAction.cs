namespace Packetdrill.Language;

/// <summary>A call that the application makes.</summary>
/// <param name="Name">The call.</param>
/// <param name="Arguments">What it is given.</param>
/// <param name="Result">What must come back.</param>
/// <param name="Errno">The error's name, where it must fail.</param>
/// <param name="End">When a blocking call returns: an offset of the event's kind.</param>
internal sealed record CallAction(string Name, IReadOnlyList<Expression> Arguments, Expression Result, string? Errno, TimeSpan? End) : EventAction;
