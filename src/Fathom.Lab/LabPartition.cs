using Fathom.Lab.Link;

namespace Fathom.Lab;

/// <summary>Cables that were pulled together.</summary>
public sealed class LabPartition
{
    private readonly List<LabLink> _pulled = [];

    internal LabPartition(IEnumerable<LabLink> links)
    {
        foreach (var link in links)
        {
            if (link.IsPulled) continue;
            link.Pull();
            _pulled.Add(link);
        }
    }

    /// <summary>The cables that it has pulled; those that were out already are not among them.</summary>
    public IReadOnlyList<LabLink> Links => _pulled;

    /// <summary>Plugs them in again.</summary>
    public void Mend()
    {
        foreach (var link in _pulled) link.Plug();
        _pulled.Clear();
    }
}
