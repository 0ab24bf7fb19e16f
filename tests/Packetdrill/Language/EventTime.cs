namespace Packetdrill.Language;

/// <summary>When an event happens.</summary>
/// <param name="Kind">What the offsets count from.</param>
/// <param name="Start">The time, or the earliest.</param>
/// <param name="Latest">The latest, where a range is given (<c>+.3~+.4</c>).</param>
internal readonly record struct EventTime(TimeKind Kind, TimeSpan Start, TimeSpan? Latest);
