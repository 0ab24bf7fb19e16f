using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Security;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// Connections by their ends: open addressing under a hash with a key, so that a stranger cannot make chains. Half full at most, so a
/// look-up takes one or two steps whatever their number.
/// </summary>
internal sealed class FlowTable
{
    private readonly KeyedHash _hash;
    private Slot[] _slots = new Slot[4];

    public FlowTable(KeyedHash hash) => _hash = hash;

    public int Count { get; private set; }

    public bool TryFind(in FlowKey key, [NotNullWhen(true)] out IFlow? flow)
    {
        var place = Find(HashOf(key), key);
        flow = _slots[place].Flow;
        return flow is not null;
    }

    /// <summary>Adds one; false if there is one with these ends.</summary>
    public bool TryAdd(IFlow flow)
    {
        if ((Count + 1) * 2 > _slots.Length) Grow();
        var hash = HashOf(flow.Key);
        var place = Find(hash, flow.Key);
        if (_slots[place].Flow is not null) return false;
        _slots[place] = new Slot { Hash = hash, Flow = flow };
        Count++;
        return true;
    }

    /// <summary>Puts one in the place of another with the same ends.</summary>
    public void Replace(IFlow old, IFlow flow)
    {
        var place = Find(HashOf(flow.Key), flow.Key);
        if (_slots[place].Flow == old) _slots[place].Flow = flow;
        else TryAdd(flow);
    }

    /// <summary>Takes one out, if it is this one that stands there.</summary>
    public void Remove(IFlow flow)
    {
        var place = Find(HashOf(flow.Key), flow.Key);
        if (_slots[place].Flow != flow) return;
        Count--;

        // Those behind it that would not be found over the gap move up.
        var mask = _slots.Length - 1;
        var gap = place;
        for (var i = (gap + 1) & mask; _slots[i].Flow is not null; i = (i + 1) & mask)
        {
            var home = (int)_slots[i].Hash & mask;
            if (((i - home) & mask) < ((i - gap) & mask)) continue;
            _slots[gap] = _slots[i];
            gap = i;
        }

        _slots[gap] = default;
    }

    /// <summary>All of them, in no order that means anything; the table must not change meanwhile.</summary>
    public IEnumerable<IFlow> All()
    {
        foreach (var slot in _slots)
        {
            if (slot.Flow is { } flow) yield return flow;
        }
    }

    private uint HashOf(in FlowKey key) => (uint)_hash.Compute(key.Local.Address, key.Local.Port, key.Remote.Address, key.Remote.Port, 0);

    private int Find(uint hash, in FlowKey key)
    {
        var mask = _slots.Length - 1;
        var place = (int)hash & mask;
        while (_slots[place].Flow is { } flow && (_slots[place].Hash != hash || flow.Key != key)) place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        var mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.Flow is null) continue;
            var place = (int)slot.Hash & mask;
            while (_slots[place].Flow is not null) place = (place + 1) & mask;
            _slots[place] = slot;
        }
    }

    private struct Slot
    {
        public uint Hash;
        public IFlow? Flow;
    }
}
