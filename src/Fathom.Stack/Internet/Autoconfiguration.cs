using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Makes addresses of advertised prefixes and keeps their lifetimes (RFC 4862 §5.5). The interface identifier is the modified EUI-64 of the MAC address.</summary>
internal sealed class Autoconfiguration(IpLayer ip, NetworkInterface on)
{
    // An address a prefix; Linux's max_addresses, against a router that advertises prefixes without end.
    private const int MaxAddresses = 16;

    // RFC 4862 §5.5.3 e.
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    private readonly List<LocalAddress> _addresses = [];

    /// <summary>Told that <see cref="Next"/> has changed by itself: an address is in use.</summary>
    public Action? Changed { get; set; }

    /// <summary>When the next address becomes deprecated or ends. One that is not in use is not deprecated either, however long ago its preference ended.</summary>
    public TimeSpan? Next
    {
        get
        {
            TimeSpan? next = null;
            foreach (var address in _addresses)
            {
                if (address.State == AddressState.Preferred) next = Lifetimes.Earlier(next, address.PreferredUntil);
                next = Lifetimes.Earlier(next, address.ValidUntil);
            }

            return next;
        }
    }

    public void Take(IpPrefix prefix, in NdPrefixInformation information, TimeSpan now)
    {
        // The identifier of Ethernet has 64 bits (RFC 2464 §4); with another prefix it makes no address (RFC 4862 §5.5.3 d).
        if (prefix.Length != 64) return;
        var known = _addresses.Find(a => a.Prefix == prefix);
        if (known is null)
        {
            if (information.ValidLifetime == 0 || _addresses.Count >= MaxAddresses) return;
            var address = InterfaceIdentifier.Slaac(prefix, on.HardwareAddress!.Value);
            if (!ip.Configuration.TryAdd(on, address, prefix.Length, AddressOrigin.Autoconfigured, out var made)) return;
            made.PreferredUntil = Lifetimes.End(information.PreferredLifetime, now);
            made.ValidUntil = Lifetimes.End(information.ValidLifetime, now);
            _addresses.Add(made);
            if (made.Guard is { } guard) guard.Decided = (_, _) => Changed?.Invoke();
            return;
        }

        known.PreferredUntil = Lifetimes.End(information.PreferredLifetime, now);
        if (known.State == AddressState.Deprecated && information.PreferredLifetime > 0) ip.SetState(known, AddressState.Preferred, now);

        // RFC 4862 §5.5.3 e: who is not known may lengthen a life, but shorten it to two hours at most.
        var told = Lifetimes.End(information.ValidLifetime, now);
        var remaining = known.ValidUntil - now;
        if (told is null || told - now > TwoHours || (remaining is not null && told > known.ValidUntil)) known.ValidUntil = told;
        else if (remaining is null || remaining > TwoHours) known.ValidUntil = now + TwoHours;
    }

    public void Expire(TimeSpan now)
    {
        for (var i = _addresses.Count - 1; i >= 0; i--)
        {
            var address = _addresses[i];
            if (address.ValidUntil <= now)
            {
                _addresses.RemoveAt(i);
                ip.Configuration.Remove(on, address.Address);
            }
            else if (address.State == AddressState.Preferred && address.PreferredUntil <= now)
            {
                ip.SetState(address, AddressState.Deprecated, now);
            }
        }
    }
}
