using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Dns;

/// <summary>What a <c>dns</c> command line asks for.</summary>
internal sealed record DnsRequest
{
    /// <summary>The server as it was written, without "@"; null for the system's.</summary>
    public string? Server { get; init; }

    public ushort Port { get; init; } = 53;

    /// <summary>The name as it was written; "-" for standard input; null where none was.</summary>
    public string? Name { get; init; }

    /// <summary>The address of <c>-x</c>.</summary>
    public IpAddress? Reverse { get; init; }

    public DnsType? Type { get; init; }

    public DnsClass Class { get; init; } = DnsClass.Internet;

    public DnsQueryOptions Query { get; init; } = new() { AuthenticData = true };

    public bool Short { get; init; }

    public bool Trace { get; init; }

    /// <summary>Resolve twice with one cache.</summary>
    public bool Twice { get; init; }

    public bool Minimize { get; init; }

    public string? RootFile { get; init; }

    public ushort ServerPort { get; init; } = 53;

    public bool Hosts { get; init; }

    public bool Search { get; init; } = true;

    public IpVersion? Version { get; init; }

    /// <summary>The type asked for, with the usual one where none was given: NS of the root, PTR of an address, else A.</summary>
    public DnsType TypeOrUsual => Type ?? (Reverse is not null ? DnsType.Ptr : Name is null or "." ? DnsType.Ns : DnsType.A);
}
