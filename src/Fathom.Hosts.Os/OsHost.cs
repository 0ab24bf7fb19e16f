using Fathom.Hosts.Application;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux;
using Fathom.Hosts.Os.Portable;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os;

/// <summary>
/// This machine as an <see cref="INetworkHost"/>. On 64-bit Linux it tells all that the port asks for, without root where the
/// system allows it; elsewhere it does what .NET can, and refuses the rest with a reason. Safe for concurrent use.
/// </summary>
public sealed class OsHost : INetworkHost
{
    private readonly INetworkHost _system;

    private OsHost(INetworkHost system) => _system = system;

    /// <summary>This machine, with the system's own files and environment.</summary>
    public static OsHost Create() => Create(new OsHostOptions());

    /// <summary>This machine, with other files, environment or clock.</summary>
    /// <param name="options">Where to find what is read.</param>
    public static OsHost Create(OsHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // The layouts of the system calls' structs are those of 64-bit, little-endian machines.
        var isKnownLinux = OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian;
        return new OsHost(isKnownLinux ? new LinuxHost(options) : new PortableHost(options));
    }

    /// <inheritdoc/>
    public string Name => _system.Name;

    /// <inheritdoc/>
    public TimeProvider Time => _system.Time;

    /// <inheritdoc/>
    public HostRandom Random => _system.Random;

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostInterface>>> GetInterfacesAsync(CancellationToken cancellation)
        => _system.GetInterfacesAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostRoute>>> GetRoutesAsync(CancellationToken cancellation)
        => _system.GetRoutesAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<RouteDecision>> FindRouteAsync(IpAddress destination, CancellationToken cancellation)
        => _system.FindRouteAsync(destination, cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostNeighbor>>> GetNeighborsAsync(CancellationToken cancellation)
        => _system.GetNeighborsAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<ResolverConfiguration>> GetResolverConfigurationAsync(CancellationToken cancellation)
        => _system.GetResolverConfigurationAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<TrustAnchors>> GetTrustAnchorsAsync(CancellationToken cancellation)
        => _system.GetTrustAnchorsAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IReadOnlyList<HostSocket>>> GetSocketsAsync(CancellationToken cancellation)
        => _system.GetSocketsAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<HostResult<IDatagramSocket>> OpenDatagramAsync(DatagramOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _system.OpenDatagramAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(IpEndpoint remote, ConnectOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _system.ConnectAsync(remote, options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<IStreamListener>> ListenAsync(ListenOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _system.ListenAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<IEchoSocket>> OpenEchoAsync(EchoOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _system.OpenEchoAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostResult<ICapture>> OpenCaptureAsync(CaptureOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _system.OpenCaptureAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<HostRefusal?> SendFrameAsync(int interfaceIndex, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
        => _system.SendFrameAsync(interfaceIndex, frame, cancellation);
}
