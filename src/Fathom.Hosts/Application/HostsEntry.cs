using Fathom.Wire.Internet;

namespace Fathom.Hosts.Application;

/// <summary>One line of the hosts file.</summary>
/// <param name="Address">The address.</param>
/// <param name="Names">The names: the canonical one, then the aliases.</param>
/// <param name="Line">The line's number, from 1.</param>
public sealed record HostsEntry(IpAddress Address, IReadOnlyList<string> Names, int Line);
