namespace Fathom.Lab.Internet;

/// <summary>What an address translator has done so far.</summary>
/// <param name="Outbound">Packets translated on their way out.</param>
/// <param name="Inbound">Packets translated on their way in.</param>
/// <param name="Hairpinned">Packets from inside to inside by external addresses.</param>
/// <param name="IcmpErrors">ICMP errors translated together with the packet that they quote.</param>
/// <param name="Made">Mappings made.</param>
/// <param name="Ended">Mappings that timed out or were lost.</param>
/// <param name="Filtered">Packets from outside that a mapping was there for, and that were not let in.</param>
/// <param name="Unmapped">Packets from outside that nothing was there for.</param>
/// <param name="NoRoom">Packets dropped since the table, or the range of ports, was full.</param>
/// <param name="Untranslatable">Packets dropped since their protocol has no ports to tell hosts apart by.</param>
public readonly record struct NatStatistics(
    long Outbound, long Inbound, long Hairpinned, long IcmpErrors, long Made, long Ended, long Filtered, long Unmapped, long NoRoom, long Untranslatable);
