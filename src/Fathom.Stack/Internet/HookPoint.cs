using Fathom.Stack.Link;

namespace Fathom.Stack.Internet;

/// <summary>What a hook is told of a packet's way.</summary>
/// <param name="Place">Where it is now.</param>
/// <param name="ArrivedOn">Where it came in; null for a packet of this host's own.</param>
/// <param name="LeavesThrough">Where it is to go out; null where that is not known, or nowhere.</param>
/// <param name="At">The driver's time.</param>
public readonly record struct HookPoint(HookPlace Place, NetworkInterface? ArrivedOn, NetworkInterface? LeavesThrough, TimeSpan At);
