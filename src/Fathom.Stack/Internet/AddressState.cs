namespace Fathom.Stack.Internet;

/// <summary>What an address of the host may be used for (RFC 4862 §2).</summary>
public enum AddressState : byte
{
    /// <summary>Being checked for a duplicate: no packet is taken or sent.</summary>
    Tentative,

    /// <summary>In use.</summary>
    Preferred,

    /// <summary>Only for what uses it already.</summary>
    Deprecated,

    /// <summary>Another host has it: not used.</summary>
    Duplicate,
}
