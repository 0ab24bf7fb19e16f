namespace Fathom.Lab.Internet;

/// <summary>On what of the far end a decision of an address translator depends (RFC 4787 §4.1 and §5).</summary>
public enum NatBehavior : byte
{
    /// <summary>On nothing: all far ends are treated alike.</summary>
    EndpointIndependent,

    /// <summary>On its address.</summary>
    AddressDependent,

    /// <summary>On its address and its port.</summary>
    AddressAndPortDependent,
}
