namespace Fathom.Stack.Internet;

/// <summary>What the host does about an address that another host has too.</summary>
public enum AddressConflictAction : byte
{
    /// <summary>It was found before the address was used, and it will not be.</summary>
    NotUsed,

    /// <summary>The address was announced again (RFC 5227 §2.4).</summary>
    Defended,

    /// <summary>Nothing: it was defended a short while ago.</summary>
    Noted,

    /// <summary>The address is given up.</summary>
    GivenUp,
}
