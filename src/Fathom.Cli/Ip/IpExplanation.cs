using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ip;

/// <summary>The address in plain words, for a learner.</summary>
internal static class IpExplanation
{
    public static string Of(AddressInput input)
    {
        var address = input.Address;
        var text = address.IsV4
            ? $"An IPv4 address is one number of 32 bits ({address.Value}), written as four octets so that people can read it."
            : "An IPv6 address is one number of 128 bits, written as eight groups of four hexadecimal digits; the longest run of zero groups may be left out once, as '::'.";
        if (input.Prefix is { } prefix) text += " " + OfPrefix(address, prefix);
        if (AddressRegistry.FindSpecialPurpose(address) is { } block)
        {
            text += $" It lies in {block.Prefix}, which IANA set aside ({block.Name})";
            text += block.GloballyReachable == false ? ": such an address cannot be reached across the Internet." : ".";
        }

        return text;
    }

    private static string OfPrefix(IpAddress address, IpPrefix prefix)
    {
        var what = $"/{prefix.Length} says that the first {prefix.Length} bits name the network, and the remaining {prefix.HostBits} the host in it: {(prefix.HostBits < 40 ? $"2^{prefix.HostBits} = " : string.Empty)}{NumberText.Of(prefix.Count)} addresses.";
        if (prefix.HostBits == 0) what = $"/{prefix.Length} says that all bits name this one address.";
        var place = (address.Value - prefix.Address.Value).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"{what} With the host bits at zero that is {prefix.Address}, with all of them at one {prefix.Last}; this address is number {place} in it. {IpHosts.Of(prefix).Explanation}";
    }
}
