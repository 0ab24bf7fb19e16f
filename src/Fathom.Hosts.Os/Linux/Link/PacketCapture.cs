using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// A capture on a packet socket for all interfaces. The kernel puts a frame into the socket's queue before it handles the frame any
/// further, and reading takes it from there: what a socket call has waited for is there when the call returns.
/// </summary>
internal sealed class PacketCapture : ICapture
{
    private const int PACKET_STATISTICS = 6;
    private const int PACKET_AUXDATA = 8;
    private const ushort ETH_P_ALL = 3;
    private const int MaximumFrame = 256 * 1024; // segmentation offload makes frames of up to 64 KiB, BIG TCP larger ones

    private readonly Lock _gate = new();
    private readonly NativeSocket _socket;
    private readonly byte[] _buffer = new byte[MaximumFrame];
    private readonly Dictionary<int, string> _names = [];
    private readonly int _snapLength;
    private readonly TimeProvider _time;
    private long _dropped;
    private bool _isClosed;

    private PacketCapture(NativeSocket socket, int snapLength, TimeProvider time)
    {
        _socket = socket;
        _snapLength = snapLength;
        _time = time;
    }

    public long Dropped
    {
        get
        {
            lock (_gate)
            {
                // struct tpacket_stats { u32 packets; u32 drops; }: reading sets it back to zero.
                Span<byte> statistics = stackalloc byte[8];
                if (!_isClosed && _socket.GetOption(SOL_PACKET, PACKET_STATISTICS, statistics) == statistics.Length) _dropped += HostOrder.ReadUInt32(statistics, 4);
                return _dropped;
            }
        }
    }

    public static HostResult<ICapture> Open(CaptureOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SnapLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BufferSize, 1);
        // Protocol 0 until the filter is in place, so that nothing unwanted comes in before it.
        var socket = NativeSocket.Open(AF_PACKET, SOCK_RAW, 0, out var error);
        if (socket is null) return Refusals.FromErrno("Frames cannot be captured", error, error == Errno.NotPermitted ? FrameSender.Remedy : null);
        var result = socket.SetOption(SOL_SOCKET, SO_TIMESTAMPNS, 1);
        if (result == 0) result = socket.SetOption(SOL_PACKET, PACKET_AUXDATA, 1);
        // The first needs CAP_NET_ADMIN and has no upper bound; the second is cut at net.core.rmem_max, which is no reason to fail.
        if (result == 0 && socket.SetOption(SOL_SOCKET, SO_RCVBUFFORCE, options.BufferSize) < 0) result = socket.SetOption(SOL_SOCKET, SO_RCVBUF, options.BufferSize);
        if (result == 0 && options.Addresses is { } addresses) result = CaptureFilter.Attach(socket, addresses);
        Span<byte> address = stackalloc byte[PacketAddress.Length];
        PacketAddress.Write(address, options.InterfaceIndex ?? 0, ETH_P_ALL);
        if (result == 0) result = socket.Bind(address);
        // Loopback and tunnels have no such mode, and lose nothing by it.
        if (result == 0 && options is { IsPromiscuous: true, InterfaceIndex: { } index }) _ = PacketMembership.JoinPromiscuous(socket, index);
        if (result == 0) return new PacketCapture(socket, options.SnapLength, time);
        socket.Dispose();
        return Refusals.FromErrno("The capture cannot be set up", -result);
    }

    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CapturedFrame? frame)
    {
        lock (_gate)
        {
            frame = null;
            Span<byte> name = stackalloc byte[PacketAddress.Length];
            Span<byte> control = stackalloc byte[128]; // time stamp and auxiliary data take 72 octets
            while (!_isClosed)
            {
                var count = _socket.Receive(_buffer, MSG_TRUNC, name, out var nameLength, control, out var controlLength, out _);
                if (count == -Errno.Again) return false;
                // ENETDOWN and its like: an interface went away, and the capture goes on with the others.
                if (count < 0) continue;
                if (PacketAddress.Read(name[..nameLength]) is not { } address) continue;
                frame = Make(address, _buffer.AsSpan(0, Math.Min(count, _buffer.Length)), count, PacketMetadata.Read(control[..controlLength]));
                if (frame is not null) return true;
            }

            return false;
        }
    }

    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await _socket.WaitReadableAsync(cancellation);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed) return default;
            _isClosed = true;
            KernelClose.Entrust(_socket.Descriptor);
        }

        _socket.Dispose();
        return default;
    }

    private CapturedFrame? Make(PacketAddress address, Span<byte> bytes, int length, PacketMetadata metadata)
    {
        // Each frame of the loopback interface is seen when sent and again when received.
        if (address is { HardwareType: HardwareType.Loopback, PacketType: PacketAddress.Outgoing }) return null;
        if (HardwareType.LinkTypeOf(address.HardwareType) is not { } linkType) return null;
        if (metadata.ChecksumIsPending && bytes.Length == length) PendingChecksum.Fill(bytes, isEthernet: HardwareType.CarriesEthernet(address.HardwareType));
        var kept = metadata.VlanTag is { } tag && HardwareType.CarriesEthernet(address.HardwareType)
            ? VlanTagging.Insert(bytes, tag, _snapLength)
            : bytes[..Math.Min(bytes.Length, _snapLength)].ToArray();
        if (metadata.VlanTag is not null && HardwareType.CarriesEthernet(address.HardwareType)) length += VlanTagging.TagLength;
        return new CapturedFrame(
            address.Index,
            NameOf(address.Index),
            linkType,
            address.PacketType switch
            {
                // On the loopback interface the copy that was received is kept, and it was sent as well.
                PacketAddress.Outgoing => FrameDirection.Sent,
                PacketAddress.Host or PacketAddress.Broadcast or PacketAddress.Multicast => FrameDirection.Received,
                PacketAddress.OtherHost => FrameDirection.Overheard,
                _ => FrameDirection.Unknown,
            },
            metadata.WallNanoseconds == 0 ? _time.GetUtcNow() : DateTimeOffset.UnixEpoch.AddTicks(metadata.WallNanoseconds / TimeSpan.NanosecondsPerTick),
            length,
            kept);
    }

    private string NameOf(int index)
    {
        if (_names.TryGetValue(index, out var name)) return name;
        return _names[index] = InterfaceTable.NameOf(index) ?? $"#{index}";
    }
}
