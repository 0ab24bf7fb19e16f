using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Services.Application.Dhcp;

/// <summary>Which client has which address, until when (RFC 2131 §2.2, §4.3.1). Bounded by the pool and the reservations. Safe for concurrent use.</summary>
internal sealed class LeaseTable(TimeProvider time, DhcpServerOptions options, IReadOnlyCollection<IpAddress> taken)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IpAddress, Entry> _byAddress = [];
    private readonly Dictionary<string, Entry> _byClient = [];
    private readonly HashSet<IpAddress> _notLent = [.. taken, .. options.Reservations.Values];

    // Below it every address of the pool has been lent once, or never is.
    private uint _neverLent = (uint)options.First.Value;

    /// <summary>All that is known, by address.</summary>
    public IReadOnlyList<DhcpBinding> Bindings
    {
        get
        {
            lock (_gate)
            {
                return [.. _byAddress.Values.OrderBy(static e => e.Address).Select(e => new DhcpBinding(
                    e.Address, e.HardwareAddress, e.HostName, StateOf(e), StateOf(e) == DhcpBindingState.Free ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), e.Deadline)))];
            }
        }
    }

    /// <summary>Finds an address to offer (RFC 2131 §4.3.1): the client's own, the one that it had, the one that it asks for, a new one, the one that is free for the longest.</summary>
    /// <returns>False where all are taken.</returns>
    public bool TryOffer(ClientIdentity client, IpAddress? wanted, out IpAddress offered)
    {
        lock (_gate)
        {
            if (!TryChoose(client, wanted, out offered)) return false;

            // An offer does not shorten what is lent already.
            if (_byAddress.TryGetValue(offered, out var known) && known.Client == client.Key && StateOf(known) == DhcpBindingState.Bound) return true;
            Set(client, offered, DhcpBindingState.Offered, options.OfferTime);
            return true;
        }
    }

    /// <summary>Lends an address, or lends it for longer.</summary>
    /// <returns>False where it is another client's, or not this server's to lend.</returns>
    public bool TryBind(ClientIdentity client, IpAddress address)
    {
        lock (_gate)
        {
            if (!IsFor(client, address)) return false;
            Set(client, address, DhcpBindingState.Bound, options.LeaseTime);
            return true;
        }
    }

    /// <summary>What a client has, or had and nobody else got since.</summary>
    public bool TryFind(ClientIdentity client, out IpAddress address)
    {
        lock (_gate)
        {
            address = default;
            if (Reserved(client) is { } reserved) address = reserved;
            else if (_byClient.TryGetValue(client.Key, out var known)) address = known.Address;
            else return false;
            return true;
        }
    }

    /// <summary>A client took another server's offer, or gave its address back.</summary>
    public void Free(ClientIdentity client, IpAddress? address)
    {
        lock (_gate)
        {
            if (!_byClient.TryGetValue(client.Key, out var known) || (address is { } told && told != known.Address)) return;
            known.State = DhcpBindingState.Free;
            known.Deadline = time.GetTimestamp();
        }
    }

    /// <summary>A client took another server's offer: what was lent to it before stays.</summary>
    public void Withdraw(ClientIdentity client)
    {
        lock (_gate)
        {
            if (_byClient.TryGetValue(client.Key, out var known) && known.State == DhcpBindingState.Offered) known.State = DhcpBindingState.Free;
        }
    }

    /// <summary>A client found another host with its address (RFC 2131 §4.3.3).</summary>
    public void Decline(ClientIdentity client, IpAddress address)
    {
        lock (_gate)
        {
            if (!_byClient.TryGetValue(client.Key, out var known) || known.Address != address) return;
            known.State = DhcpBindingState.Declined;
            known.Deadline = After(options.DeclineTime);
            _byClient.Remove(client.Key);
        }
    }

    private bool TryChoose(ClientIdentity client, IpAddress? wanted, out IpAddress chosen)
    {
        if (Reserved(client) is { } reserved)
        {
            chosen = reserved;
            return IsFor(client, reserved);
        }

        if (_byClient.TryGetValue(client.Key, out var known))
        {
            chosen = known.Address;
            return true;
        }

        if (wanted is { } asked && IsFor(client, asked))
        {
            chosen = asked;
            return true;
        }

        for (; _neverLent <= (uint)options.Last.Value; _neverLent++)
        {
            chosen = IpAddress.FromV4(_neverLent);
            if (!_notLent.Contains(chosen) && !_byAddress.ContainsKey(chosen)) return true;
        }

        Entry? oldest = null;
        foreach (var entry in _byAddress.Values)
        {
            if (StateOf(entry) != DhcpBindingState.Free || _notLent.Contains(entry.Address)) continue;
            if (oldest is null || (entry.Deadline, entry.Address).CompareTo((oldest.Deadline, oldest.Address)) < 0) oldest = entry;
        }

        chosen = oldest?.Address ?? default;
        return oldest is not null;
    }

    private bool IsFor(ClientIdentity client, IpAddress address)
    {
        if (Reserved(client) is { } reserved)
        {
            if (address != reserved) return false;
        }
        else if (!IsInPool(address) || _notLent.Contains(address))
        {
            return false;
        }

        return !_byAddress.TryGetValue(address, out var known) || StateOf(known) switch
        {
            DhcpBindingState.Free => true,
            DhcpBindingState.Declined => false,
            _ => known.Client == client.Key,
        };
    }

    private bool IsInPool(IpAddress address) => address.IsV4 && address >= options.First && address <= options.Last;

    private IpAddress? Reserved(ClientIdentity client) => options.Reservations.TryGetValue(client.HardwareAddress, out var reserved) ? reserved : null;

    private void Set(ClientIdentity client, IpAddress address, DhcpBindingState state, TimeSpan span)
    {
        // A client has one address, an address one client.
        if (_byClient.TryGetValue(client.Key, out var own) && own.Address != address) Remove(own);
        if (_byAddress.TryGetValue(address, out var other) && other.Client != client.Key) Remove(other);
        var entry = new Entry(address, client.Key, client.HardwareAddress, client.HostName) { State = state, Deadline = After(span) };
        _byAddress[address] = entry;
        _byClient[client.Key] = entry;
    }

    private void Remove(Entry entry)
    {
        _byAddress.Remove(entry.Address);
        if (_byClient.TryGetValue(entry.Client, out var known) && known == entry) _byClient.Remove(entry.Client);
        if (IsInPool(entry.Address) && (uint)entry.Address.Value < _neverLent) _neverLent = (uint)entry.Address.Value;
    }

    private DhcpBindingState StateOf(Entry entry) => entry.Deadline <= time.GetTimestamp() ? DhcpBindingState.Free : entry.State;

    private long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed class Entry(IpAddress address, string client, MacAddress hardwareAddress, string? hostName)
    {
        public IpAddress Address { get; } = address;

        public string Client { get; } = client;

        public MacAddress HardwareAddress { get; } = hardwareAddress;

        public string? HostName { get; } = hostName;

        public required DhcpBindingState State { get; set; }

        /// <summary>When the state ends, in ticks of the host's clock.</summary>
        public required long Deadline { get; set; }
    }
}
