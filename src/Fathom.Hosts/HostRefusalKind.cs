namespace Fathom.Hosts;

/// <summary>Kinds of refusal by a host.</summary>
public enum HostRefusalKind
{
    /// <summary>This kind of host has no such facility.</summary>
    NotSupported,

    /// <summary>The facility is there; this process may not use it.</summary>
    NotPermitted,

    /// <summary>The facility was tried and failed for another local reason (no memory, no file descriptors).</summary>
    Failed,

    /// <summary>Another socket of this host has the address and port.</summary>
    AddressInUse,
}
