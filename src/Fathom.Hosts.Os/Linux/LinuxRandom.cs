using System.Runtime.InteropServices;
using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Linux;

/// <summary>
/// The kernel's randomness, by getrandom(2). The BCL's generator is the same for our purposes, and loads OpenSSL first: 3.5 ms of a
/// check that takes 80.
/// </summary>
internal sealed unsafe class LinuxRandom : HostRandom
{
    private const int Interrupted = 4;

    public override void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            nint filled;
            fixed (byte* start = destination) filled = Libc.GetRandom(start, (nuint)destination.Length, 0);
            if (filled >= 0) destination = destination[(int)filled..];
            else if (Marshal.GetLastPInvokeError() is not Interrupted and var error) throw new InvalidOperationException($"getrandom failed with error {error}.");
        }
    }
}
