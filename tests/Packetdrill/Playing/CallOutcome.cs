namespace Packetdrill.Playing;

/// <summary>What a call of the script did.</summary>
/// <param name="Status">How far it came.</param>
/// <param name="Value">What it returned.</param>
/// <param name="Errno">The error's name; null: none.</param>
/// <param name="Detail">Why it is not applicable, or what came back wrong in its arguments.</param>
internal readonly record struct CallOutcome(CallStatus Status, long Value, string? Errno, string? Detail)
{
    /// <summary>It would wait.</summary>
    public static CallOutcome Waits => new(CallStatus.Waits, 0, null, null);

    public static CallOutcome Done(long value) => new(CallStatus.Done, value, null, null);

    public static CallOutcome Failed(string errno) => new(CallStatus.Done, -1, errno, null);

    /// <summary>It returned, but what it wrote to its arguments is not what the script says.</summary>
    public static CallOutcome Wrong(long value, string detail) => new(CallStatus.Done, value, null, detail);

    public static CallOutcome NotApplicable(string reason) => new(CallStatus.NotApplicable, 0, null, reason);
}
