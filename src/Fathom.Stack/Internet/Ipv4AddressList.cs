using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// The IPv4 addresses of this host, and the broadcasts of their prefixes, as numbers beside each other, so that a few are looked through in a few instructions. A router's packets are nearly all
/// for none of them: a filter says so without looking at them.
/// </summary>
internal sealed class Ipv4AddressList
{
    // 256 bits lie in the list itself: so many addresses with their broadcasts mark less than a fifth of them, and the other questions end here.
    private const int Few = 16;
    private const int FewWords = 4;

    // 1,024 bits elsewhere for more: a hundred mark less than a third.
    private const int ManyWords = 16;

    // 2^32 over the golden ratio (Knuth, The Art of Computer Programming 3, §6.4): spreads numbers that follow each other.
    private const uint Multiplier = 0x9E37_79B1;

    private LocalAddress[] _addresses = [];
    private uint[] _values = [];

    // Two for each address: the first and the last of its prefix (RFC 1122 §3.2.1.3, as LocalAddress.IsBroadcast has it).
    private uint[] _broadcasts = [];
    private FewFilter _few;
    private ulong[]? _many;
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
        if (_many is null && _count > Few) MakeLarge();
        else Mark(value, first, last);
    }

    public void Set(IEnumerable<LocalAddress> addresses)
    {
        (_addresses, _values, _broadcasts, _few, _many, _count) = ([], [], [], default, null, 0);
        foreach (var address in addresses) Add(address);
    }

    public bool TryFind(uint value, [NotNullWhen(true)] out LocalAddress? found)
    {
        var place = _values.AsSpan(0, _count).IndexOf(value);
        found = place < 0 ? null : _addresses[place];
        return place >= 0;
    }

    public bool IsBroadcast(NetworkInterface on, in IpAddress destination)
    {
        var value = (uint)destination.Value;
        if (!_broadcasts.AsSpan(0, _count * 2).Contains(value)) return false;
        foreach (var address in _addresses.AsSpan(0, _count))
        {
            if (address.Interface == on && address.IsBroadcast(destination)) return true;
        }

        return false;
    }

    /// <summary>False for a number that is certainly neither an address nor a broadcast.</summary>
    public bool MayHave(uint value)
    {
        if (_many is null)
        {
            var (word, bit) = PlaceOf(value, FewWords);
            return (_few[word] & bit) != 0;
        }
        else
        {
            var (word, bit) = PlaceOf(value, ManyWords);
            return (_many[word] & bit) != 0;
        }
    }

    private void MakeLarge()
    {
        _many = new ulong[ManyWords];
        Mark(_values.AsSpan(0, _count));
        Mark(_broadcasts.AsSpan(0, _count * 2));
    }

    private void Mark(params ReadOnlySpan<uint> values)
    {
        var filter = _many ?? (Span<ulong>)_few;
        foreach (var value in values)
        {
            var (word, bit) = PlaceOf(value, filter.Length);
            filter[word] |= bit;
        }
    }

    // The product's first bits choose the word, the next six the bit.
    private static (int Word, ulong Bit) PlaceOf(uint value, int words)
    {
        var product = value * Multiplier;
        return ((int)(((ulong)product * (uint)words) >> 32), 1ul << (int)((product * (uint)words) >> 26));
    }

    [InlineArray(FewWords)]
    private struct FewFilter
    {
        private ulong _first;
    }
}
