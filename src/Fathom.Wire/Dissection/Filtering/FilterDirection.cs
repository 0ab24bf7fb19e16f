namespace Fathom.Wire.Dissection.Filtering;

/// <summary>Which end of a packet is looked at.</summary>
internal enum FilterDirection
{
    /// <summary>Either.</summary>
    Either,

    /// <summary>The sender.</summary>
    Source,

    /// <summary>The receiver.</summary>
    Destination,

    /// <summary>Both.</summary>
    Both,
}
