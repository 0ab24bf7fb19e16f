using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The groups that this host listens to, by interface.</summary>
internal sealed class GroupTable
{
    // RFC 1112 §4: all hosts of the link; RFC 4291 §2.7.1: all nodes. Every host is in them, and nobody is told.
    private static readonly IpAddress AllHosts = IpAddress.Parse("224.0.0.1");
    private static readonly UInt128 AllNodesOfLink = IpAddress.Parse("ff02::1").Value;
    private static readonly UInt128 AllNodesOfInterface = IpAddress.Parse("ff01::1").Value;

    private Dictionary<(int Interface, IpAddress Group), int>? _members;

    /// <summary>Joins, or counts one more who has joined.</summary>
    /// <returns>True for the first.</returns>
    public bool Join(NetworkInterface on, IpAddress group)
    {
        var key = (on.Index, Zones.On(group, on));
        _members ??= [];
        var count = _members.GetValueOrDefault(key) + 1;
        _members[key] = count;
        return count == 1;
    }

    /// <summary>Leaves, or counts one less who has joined.</summary>
    /// <returns>True for the last.</returns>
    public bool Leave(NetworkInterface on, IpAddress group)
    {
        var key = (on.Index, Zones.On(group, on));
        if (_members is null || !_members.TryGetValue(key, out var count)) return false;
        if (count > 1)
        {
            _members[key] = count - 1;
            return false;
        }

        return _members.Remove(key);
    }

    public bool IsMember(NetworkInterface on, IpAddress group)
    {
        if (group.IsV4 ? group == AllHosts : group.Value == AllNodesOfLink || group.Value == AllNodesOfInterface) return true;
        return _members is not null && _members.ContainsKey((on.Index, Zones.On(group, on)));
    }
}
