namespace Fathom.Lab.Faults;

/// <summary>The faults that a lab can have.</summary>
public static class FaultCatalog
{
    /// <summary>All, from the link up.</summary>
    public static IReadOnlyList<Fault> All { get; } = [.. LinkFaults.All, .. AddressFaults.All, .. RouteFaults.All, .. PathFaults.All, .. NameFaults.All, .. TransportFaults.All, .. TlsFaults.All, .. HttpFaults.All];

    /// <summary>The fault of a cause, or null.</summary>
    /// <param name="cause">The cause's id.</param>
    public static Fault? Find(string cause) => All.FirstOrDefault(f => string.Equals(f.Cause, cause, StringComparison.OrdinalIgnoreCase));
}
