using Microsoft.Win32.SafeHandles;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>An open file descriptor. A call in flight on another thread keeps it from being closed and reused under that call.</summary>
internal sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    public FileDescriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
