using Fathom.Hosts.Os.Link;
using Fathom.Lab.Link;
using Fathom.Lab.Time;
using Fathom.Stack.Buffers;

namespace Fathom.Cli.Labs.Up;

/// <summary>A lab that waits for a device of the system, and takes in the frames that the kernel sends out of it.</summary>
internal sealed class DeviceWait : ILabWait
{
    // Frames that are taken in before the lab's own events have their turn.
    private const int Batch = 64;

    private readonly FrameDevice _device;
    private readonly IOutsideEnd _end;
    private readonly PacketPool _pool;

    public DeviceWait(FrameDevice device, IOutsideEnd end, PacketPool pool)
    {
        _device = device;
        _end = end;
        _pool = pool;
        end.Outlet = device.Write;
    }

    public void Wait(TimeSpan? atMost) => _device.Wait(atMost);

    public void TakeIn()
    {
        for (var i = 0; i < Batch && _device.TryRead(_pool, out var frame); i++)
        {
            if (frame is not null) _end.Enter(frame);
        }
    }
}
