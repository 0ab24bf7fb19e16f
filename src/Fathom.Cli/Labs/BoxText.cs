using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>What stands in the way of a host's packets, in few words.</summary>
internal static class BoxText
{
    public static string Of(BoxSpec box) => box switch
    {
        BoxSpec.Nat nat => $"nat({nat.Outside})",
        BoxSpec.Firewall => "firewall",
        BoxSpec.MssClamp clamp => $"mss-clamp({clamp.Interface})",
        BoxSpec.IcmpFilter => "icmp-filter",
        BoxSpec.SizeFilter filter => $"size-filter({filter.Limit})",
        BoxSpec.Portal portal => $"portal({portal.Inside})",
        _ => "a box",
    };
}
