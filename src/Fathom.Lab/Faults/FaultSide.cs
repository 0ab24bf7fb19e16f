namespace Fathom.Lab.Faults;

/// <summary>At which part of the way to a target a fault is put where nobody says a place.</summary>
public enum FaultSide : byte
{
    /// <summary>The host that asks.</summary>
    Client,

    /// <summary>Its first router.</summary>
    Gateway,

    /// <summary>A router behind the first, or a link between routers.</summary>
    Path,

    /// <summary>The last router before the target.</summary>
    LastRouter,

    /// <summary>The resolver that the client asks.</summary>
    Resolver,

    /// <summary>The server of the zone that has the target's name.</summary>
    NameServer,

    /// <summary>The host that is asked.</summary>
    Server,
}
