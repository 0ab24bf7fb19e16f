using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fathom.Stack.Buffers;

namespace Goodput;

/// <summary>The kernel's TCP in a network namespace of its own, behind a TUN device. Its program is a thread, as a namespace is a thread's.</summary>
internal sealed unsafe class KernelEnd : IEnd
{
    private const int Room = 2048;
    private const int InterfaceRequest = 40;
    private const int NameLength = 16;
    private const int TcpCongestion = 13; // TCP_CONGESTION; the sysctl of a new namespace takes the machine's default alone

    private readonly EndPlan _plan;
    private readonly PacketPool _pool;
    private readonly Func<TimeSpan> _clock;
    private readonly ManualResetEventSlim _ready = new();
    private readonly ManualResetEventSlim _go = new();
    private int _descriptor = -1;
    private long _received;
    private Socket? _socket;
    private Exception? _fault;

    public KernelEnd(EndPlan plan, string congestion, PacketPool pool, Func<TimeSpan> clock)
    {
        _plan = plan;
        _pool = pool;
        _clock = clock;
        new Thread(() => Run(congestion)) { IsBackground = true }.Start();
        _ready.Wait();
        if (_fault is not null) throw new InvalidOperationException("The kernel's end cannot be made.", _fault);
    }

    public int Descriptor => _descriptor;

    public TimeSpan? Deadline => null;

    public long Received => Interlocked.Read(ref _received);

    public TimeSpan? FinishedAt { get; private set; }

    public void Start() => _go.Set();

    public bool TryTake(TimeSpan now, [NotNullWhen(true)] out PacketBuffer? packet)
    {
        packet = _pool.Rent(Room);
        nint count;
        fixed (byte* free = packet.Free) count = Libc.Read(_descriptor, free, Room);
        if (count > 0)
        {
            packet.Append((int)count);
            return true;
        }

        _pool.Return(packet);
        packet = null;
        return false;
    }

    public void Give(PacketBuffer packet, TimeSpan now)
    {
        fixed (byte* octets = packet.Span) _ = Libc.Write(_descriptor, octets, (nuint)packet.Length);
        _pool.Return(packet);
    }

    public void HandleDeadline(TimeSpan now)
    {
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _ready.Dispose();
        _go.Dispose();
    }

    private void Run(string congestion)
    {
        Socket socket;
        try
        {
            SetUp();
            socket = _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpCongestion, Encoding.ASCII.GetBytes(congestion));
            if (!_plan.IsClient)
            {
                socket.Bind(At);
                socket.Listen();
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            _fault = e;
            _ready.Set();
            return;
        }

        _ready.Set();
        try
        {
            if (_plan.IsClient) Write(socket);
            else Read(socket);
        }
        catch (SocketException)
        {
            // The time is over, or the connection has ended: what was read is the result.
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private static IPEndPoint At => new(IPAddress.Parse(EndPlan.ServerAddress), EndPlan.Port);

    private void SetUp()
    {
        if (Libc.Unshare(Libc.NewNetwork) != 0) throw new IOException("There is no new network namespace: run as root.");
        _descriptor = Libc.Open("/dev/net/tun", Libc.ReadWriteNonBlocking);
        if (_descriptor < 0) throw new IOException("There is no /dev/net/tun.");
        Span<byte> request = stackalloc byte[InterfaceRequest];
        request.Clear();
        Encoding.ASCII.GetBytes("box0", request);
        BitConverter.TryWriteBytes(request[NameLength..], Libc.Tun);
        fixed (byte* pointer = request)
        {
            if (Libc.Control(_descriptor, Libc.SetInterface, pointer) != 0) throw new IOException("The TUN device cannot be made.");
        }

        Run("ip", "link set lo up");
        Run("ip", $"addr add {(_plan.IsClient ? EndPlan.ClientAddress : EndPlan.ServerAddress)}/24 dev box0");
        Run("ip", $"link set box0 mtu {EndPlan.Mtu} up");

        // Those of a kernel as it comes, whatever this machine was set to: the same as Fathom's.
        File.WriteAllText("/proc/sys/net/ipv4/tcp_rmem", "4096 131072 6291456");
        File.WriteAllText("/proc/sys/net/ipv4/tcp_wmem", "4096 16384 4194304");
    }

    private static void Run(string program, string arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new IOException($"{program} {arguments}: exit status {process.ExitCode}");
    }

    private void Write(Socket socket)
    {
        _go.Wait();
        socket.Connect(At);
        var buffer = new byte[64 * 1024];
        for (long written = 0; written < _plan.Length;) written += socket.Send(buffer, 0, (int)Math.Min(buffer.Length, _plan.Length - written), SocketFlags.None);
        socket.Shutdown(SocketShutdown.Send);
        while (socket.Receive(buffer) > 0) continue;
    }

    private void Read(Socket listener)
    {
        using var socket = listener.Accept();
        var buffer = new byte[64 * 1024];
        while (socket.Receive(buffer) is > 0 and var taken)
        {
            if (Interlocked.Add(ref _received, taken) >= _plan.Length) FinishedAt ??= _clock();
        }
    }
}
