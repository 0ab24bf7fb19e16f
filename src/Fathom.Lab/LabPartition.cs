using Fathom.Lab.Link;

namespace Fathom.Lab;

/// <summary>Cables that were pulled together, so that what lies on their two sides cannot reach each other.</summary>
public sealed class LabPartition
{
    private readonly List<LabLink> _pulled = [];

    /// <summary>Pulls them.</summary>
    /// <param name="links">The cables.</param>
    public LabPartition(IEnumerable<LabLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
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
