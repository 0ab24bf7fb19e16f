using System.Globalization;
using System.Numerics;
using Fathom.Cli.Input;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Ip;

/// <summary>The options of <c>ip</c> that ask for something more.</summary>
internal sealed record IpExtras(string? Contains, string? Nth, string? Mac, string? Secret, string Interface, string? Nat64)
{
    public bool Any => Contains is not null || Nth is not null || Mac is not null || Secret is not null || Nat64 is not null;

    /// <summary>Computes the answers; false where an option cannot be read or does not apply, and then why.</summary>
    public bool TryCompute(AddressInput input, out IReadOnlyList<IpExtra> answers, out string problem)
    {
        var found = new List<IpExtra>();
        answers = found;
        problem = Problem(input, found);
        return problem.Length == 0;
    }

    private string Problem(AddressInput input, List<IpExtra> found)
    {
        if (Contains is not null && ProblemOfContains(input, found) is { Length: > 0 } contains) return contains;
        if (Nth is not null && ProblemOfNth(input, found) is { Length: > 0 } nth) return nth;
        if (Mac is not null && ProblemOfMac(input, found) is { Length: > 0 } mac) return mac;
        if (Secret is not null && ProblemOfSecret(input, found) is { Length: > 0 } secret) return secret;
        return Nat64 is null ? string.Empty : ProblemOfNat64(input, found);
    }

    private string ProblemOfContains(AddressInput input, List<IpExtra> found)
    {
        if (input.Prefix is not { } prefix) return $"--contains: '{input.Text}' has no prefix length";
        if (!PrefixInput.TryRead(Contains!, out var other, out var reason)) return $"--contains '{Contains}': {reason}";
        var isIn = prefix.Contains(other);
        var text = isIn ? $"yes: {prefix} contains {Contains}"
            : other.Version != prefix.Version ? $"no: {prefix} and {Contains} are of different versions"
            : prefix.Overlaps(other) ? $"no: {Contains} is larger, and contains {prefix}"
            : $"no: {Contains} lies {(other.Address < prefix.Address ? "before" : "behind")} {prefix}";
        found.Add(new IpExtra("contains", "contains", isIn ? "true" : "false", text, !isIn));
        return string.Empty;
    }

    private string ProblemOfNth(AddressInput input, List<IpExtra> found)
    {
        if (input.Prefix is not { } prefix) return $"--nth: '{input.Text}' has no prefix length";
        if (!BigInteger.TryParse(Nth, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) return $"--nth '{Nth}': expected a whole number";
        if (!prefix.TryGetAddress(index, out var address)) return $"--nth {index}: {prefix} has {prefix.Count} addresses, numbered from 0";
        found.Add(new IpExtra("nth", "nth", address.ToString(), $"{address} is number {index}"));
        return string.Empty;
    }

    private string ProblemOfMac(AddressInput input, List<IpExtra> found)
    {
        if (input.Prefix is not { Length: 64, Version: IpVersion.V6 } prefix) return "--mac: autoconfiguration (SLAAC) needs an IPv6 prefix of 64 bits";
        if (!MacAddressText.TryParse(Mac, out var mac, out var digits, out _, out var error)) return $"--mac '{Mac}': {error}";
        if (digits != 12) return $"--mac '{Mac}': a whole MAC address is needed";
        var address = InterfaceIdentifier.Slaac(prefix, mac);
        found.Add(new IpExtra("SLAAC", "slaac", address.ToString(), $"{address}, from MAC {mac} (RFC 4862)"));
        return string.Empty;
    }

    private string ProblemOfSecret(AddressInput input, List<IpExtra> found)
    {
        if (input.Prefix is not { Length: 64, Version: IpVersion.V6 } prefix) return "--stable-secret: a stable private address needs an IPv6 prefix of 64 bits";
        if (Secret!.Length < 32 || Secret.Length % 2 != 0 || !Secret.All(char.IsAsciiHexDigit)) return "--stable-secret: expected an even number of hexadecimal digits, at least 32 (128 bits, RFC 7217)";
        var address = InterfaceIdentifier.StablePrivacy(prefix, Interface, string.Empty, 0, Convert.FromHexString(Secret));
        found.Add(new IpExtra("stable", "stablePrivacy", address.ToString(), $"{address}, of interface {Interface} in this network (RFC 7217)"));
        return string.Empty;
    }

    private string ProblemOfNat64(AddressInput input, List<IpExtra> found)
    {
        if (!IpPrefix.TryParse(Nat64, out var prefix, out var error)) return $"--nat64 '{Nat64}': {error}";
        if (prefix.Version != IpVersion.V6 || !EmbeddedV4.Nat64PrefixLengths.Contains(prefix.Length)) return $"--nat64 '{Nat64}': a NAT64 prefix is IPv6 and has {string.Join(", ", EmbeddedV4.Nat64PrefixLengths)} bits (RFC 6052)";
        if (input.Address.IsV4)
        {
            var v6 = EmbeddedV4.ToNat64(prefix, input.Address);
            found.Add(new IpExtra("NAT64", "nat64", v6.ToString(), $"{v6} (RFC 6052)"));
            return string.Empty;
        }

        if (EmbeddedV4.FromNat64(prefix, input.Address) is not { } v4) return $"--nat64: '{input.Text}' holds no IPv4 address of {prefix}";
        found.Add(new IpExtra("NAT64", "nat64", v4.ToString(), $"{v4} (RFC 6052)"));
        return string.Empty;
    }
}
