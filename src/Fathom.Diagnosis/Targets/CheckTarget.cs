using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Targets;

/// <summary>What is to be checked.</summary>
/// <param name="Text">The target as the user wrote it.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Host">The host as a name without trailing dot, or as an address without brackets. For <see cref="TargetKind.Dns"/>, the server; empty: the configured resolvers.</param>
/// <param name="Address">The host, where it is an address; a zone that was given as an interface's name is in <paramref name="ZoneName"/>.</param>
/// <param name="ZoneName">The zone after '%', where it was not a number.</param>
/// <param name="Port">The port.</param>
/// <param name="RequestTarget">Path and query for HTTP, "/" at least; for <see cref="TargetKind.Dns"/> the name to ask for.</param>
public sealed record CheckTarget(
    string Text,
    TargetKind Kind,
    string Host,
    IpAddress? Address,
    string? ZoneName,
    ushort Port,
    string RequestTarget)
{
    /// <summary>The host with its zone, as <see cref="Probes.Application.Dns.HostLookup"/> takes it.</summary>
    public string ScopedHost => ZoneName is { } zone ? $"{Host}%{zone}" : Address is { Zone: > 0 } scoped ? scoped.ToString() : Host;

    /// <summary>The name ended in a dot: it is whole, and no search list is tried (RFC 1034 §3.1).</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>The target speaks TLS.</summary>
    public bool UsesTls => Kind is TargetKind.Https or TargetKind.Host;

    /// <summary>The target speaks HTTP, with or without TLS.</summary>
    public bool UsesHttp => Kind is TargetKind.Https or TargetKind.Http or TargetKind.Host;

    /// <summary>The host as it stands in a Host field (RFC 9110 §7.2): brackets around IPv6, the port unless it is the scheme's own.</summary>
    public string Authority
    {
        get
        {
            var host = Address is { IsV6: true } ? $"[{Address.Value.WithZone(0)}]" : Host;
            var standard = Kind == TargetKind.Http ? 80 : 443;
            return Port == standard ? host : $"{host}:{Port}";
        }
    }
}
