namespace Fathom.Stack.Internet;

/// <summary>Lifetimes as routers tell them, in seconds.</summary>
internal static class Lifetimes
{
    /// <summary>Stands for "for ever" (RFC 4861 §4.6.2).</summary>
    public const uint Infinite = uint.MaxValue;

    /// <summary>When a lifetime ends; null: never.</summary>
    public static TimeSpan? End(uint seconds, TimeSpan now) => seconds == Infinite ? null : now + TimeSpan.FromSeconds(seconds);

    /// <summary>The earlier of two moments, either of which may be never.</summary>
    public static TimeSpan? Earlier(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b : a;
}
