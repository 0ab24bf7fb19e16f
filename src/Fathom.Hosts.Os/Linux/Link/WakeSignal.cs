using System.Runtime.InteropServices;
using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Link.TunConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>Wakes a thread that waits in poll(2), by an eventfd(2): any number of calls make it readable once.</summary>
internal sealed unsafe class WakeSignal : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private WakeSignal(FileDescriptor descriptor)
    {
        _descriptor = descriptor;
        Number = (int)descriptor.DangerousGetHandle();
    }

    /// <summary>To be waited for.</summary>
    public int Number { get; }

    /// <summary>Null with the errno on failure.</summary>
    public static WakeSignal? Create(out int error)
    {
        var number = Libc.EventDescriptor(0, EFD_NONBLOCK | EFD_CLOEXEC);
        error = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        return number < 0 ? null : new WakeSignal(new FileDescriptor(number));
    }

    /// <summary>Makes it readable.</summary>
    public void Set()
    {
        var one = 1UL;
        var isReferenced = false;
        try
        {
            // A late caller must not write into a descriptor that has become another file.
            _descriptor.DangerousAddRef(ref isReferenced);
            _ = Libc.Write(Number, (byte*)&one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
        finally
        {
            if (isReferenced) _descriptor.DangerousRelease();
        }
    }

    /// <summary>Makes it unreadable.</summary>
    public void Clear()
    {
        ulong count;
        _ = Libc.Read(Number, (byte*)&count, sizeof(ulong));
    }

    public void Dispose() => _descriptor.Dispose();
}
