namespace Fathom.Stack.Internet;

/// <summary>Where on its way through a host a packet meets its hooks.</summary>
public enum HookPlace : byte
{
    /// <summary>It has just come in and been found sound; whether it is for this host is not decided yet.</summary>
    Prerouting,

    /// <summary>It is for this host, and about to be delivered.</summary>
    Input,

    /// <summary>It is for others, and its route is known. Its hop limit is still what it came with.</summary>
    Forward,

    /// <summary>This host has made it, and its route is known. What a hook changes does not change the route.</summary>
    Output,

    /// <summary>It is about to leave, its own and others' alike, before it is cut into fragments.</summary>
    Postrouting,
}
