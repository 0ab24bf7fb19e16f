using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// The IPv4 addresses of this host, and the broadcasts of their prefixes, as numbers beside each other, so that a few are looked through in a few instructions. Of a router's many nearly every
/// packet is for none: a filter says so without looking at them.
/// </summary>
internal sealed class Ipv4AddressList
{
    // Up to so many numbers one or two vector instructions look through them faster than a filter is asked.
    private const int Few = 16;

    // 1,024 bits: a hundred addresses with their broadcasts mark less than a third of them, and the other questions end here.
    private const int FilterWords = 16;
    private const int FilterShift = 32 - 10;

    // 2^32 over the golden ratio (Knuth, The Art of Computer Programming 3, §6.4): spreads numbers that follow each other.
    private const uint Multiplier = 0x9E37_79B1;

    private LocalAddress[] _addresses = [];
    private uint[] _values = [];

    // Two for each address: the first and the last of its prefix (RFC 1122 §3.2.1.3, as LocalAddress.IsBroadcast has it).
    private uint[] _broadcasts = [];
    private ulong[]? _filter;
    private int _count;

    public void Add(LocalAddress address)
    {
        if (_count == _addresses.Length)
        {
            // Most hosts have two: loopback's and another.
            var capacity = Math.Max(2, _count * 2);
            Array.Resize(ref _addresses, capacity);
            Array.Resize(ref _values, capacity);
            Array.Resize(ref _broadcasts, capacity * 2);
        }

        var (value, first, last) = ((uint)address.Address.Value, (uint)address.Prefix.Address.Value, (uint)address.Prefix.Last.Value);
        _addresses[_count] = address;
        _values[_count] = value;
        (_broadcasts[2 * _count], _broadcasts[(2 * _count) + 1]) = (first, last);
        _count++;
        if (_filter is null && _count > Few) MakeFilter();
        else if (_filter is not null) Mark(value, first, last);
    }

    public void Set(IEnumerable<LocalAddress> addresses)
    {
        (_addresses, _values, _broadcasts, _filter, _count) = ([], [], [], null, 0);
        foreach (var address in addresses) Add(address);
    }

    public bool TryFind(uint value, [NotNullWhen(true)] out LocalAddress? found)
    {
        var place = MayHave(value) ? _values.AsSpan(0, _count).IndexOf(value) : -1;
        found = place < 0 ? null : _addresses[place];
        return place >= 0;
    }

    public bool IsBroadcast(NetworkInterface on, in IpAddress destination)
    {
        var value = (uint)destination.Value;
        if (!MayHave(value) || !_broadcasts.AsSpan(0, _count * 2).Contains(value)) return false;
        foreach (var address in _addresses.AsSpan(0, _count))
        {
            if (address.Interface == on && address.IsBroadcast(destination)) return true;
        }

        return false;
    }

    private bool MayHave(uint value)
    {
        if (_filter is not { } filter) return true;
        var (word, bit) = PlaceOf(value);
        return (filter[word] & bit) != 0;
    }

    private void MakeFilter()
    {
        _filter = new ulong[FilterWords];
        Mark(_values.AsSpan(0, _count));
        Mark(_broadcasts.AsSpan(0, _count * 2));
    }

    private void Mark(params ReadOnlySpan<uint> values)
    {
        foreach (var value in values)
        {
            var (word, bit) = PlaceOf(value);
            _filter![word] |= bit;
        }
    }

    private static (uint Word, ulong Bit) PlaceOf(uint value)
    {
        var place = (value * Multiplier) >> FilterShift;
        return (place / 64, 1ul << (int)(place % 64));
    }
}
