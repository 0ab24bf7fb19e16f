namespace Fathom.Wire.Link;

/// <summary>A block of MAC addresses that the IEEE assigned.</summary>
/// <param name="First">The first address of the block.</param>
/// <param name="Length">Bits that its addresses share: 24 (MA-L), 28 (MA-M) or 36 (MA-S, and the older IAB).</param>
/// <param name="Organization">Who has it; " / " between names where the registry has several. "Private" is a name that the holder did not want to be shown.</param>
public sealed record OuiAssignment(MacAddress First, int Length, string Organization)
{
    /// <summary>The registry's name for the block's size.</summary>
    public string Kind => Length switch { 24 => "MA-L", 28 => "MA-M", _ => "MA-S" };

    /// <summary>The assigned digits: "00:00:5e", "00:1b:c5:0".</summary>
    public string PrefixText => First.ToString()[..(Length switch { 24 => 8, 28 => 10, _ => 13 })];
}
