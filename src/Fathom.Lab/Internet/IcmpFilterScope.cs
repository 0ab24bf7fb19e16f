namespace Fathom.Lab.Internet;

/// <summary>Which ICMP messages a filter swallows.</summary>
public enum IcmpFilterScope : byte
{
    /// <summary>Fragmentation needed and packet too big: what path MTU discovery lives on.</summary>
    TooBig,

    /// <summary>Echo requests and replies.</summary>
    Echo,

    /// <summary>Everything but neighbor discovery.</summary>
    All,
}
