using System.Runtime.InteropServices;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>System calls that change the calling thread alone; libc's wrappers would change the whole process.</summary>
internal static partial class Syscalls
{
    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Moves the thread to a network namespace: setns(2).</summary>
    public static void EnterNetwork(string path)
    {
        const int NetworkNamespace = 0x40000000; // CLONE_NEWNET
        using var handle = File.OpenHandle(path);
        Check(SetNamespace((int)handle.DangerousGetHandle(), NetworkNamespace), "setns");
    }

    /// <summary>Gives the thread a user and group without any capability.</summary>
    public static void BecomeUser(uint id)
    {
        Check(Call(IsX64 ? 116 : 159, 0, 0, 0), "setgroups");
        Check(Call(IsX64 ? 119 : 149, id, id, id), "setresgid");
        Check(Call(IsX64 ? 117 : 147, id, id, id), "setresuid");
    }

    /// <summary>Makes a TUN device in the thread's namespace; it is there until the handle is closed.</summary>
    public static Microsoft.Win32.SafeHandles.SafeFileHandle OpenTunnel(string name)
    {
        const nuint SetInterface = 0x400454CA; // TUNSETIFF
        var handle = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        // struct ifreq: the name, and IFF_TUN | IFF_NO_PI.
        Span<byte> request = stackalloc byte[40];
        System.Text.Encoding.ASCII.GetBytes(name, request);
        MemoryMarshal.Write(request[16..], (short)0x1001);
        Check(Control((int)handle.DangerousGetHandle(), SetInterface, ref MemoryMarshal.GetReference(request)), "ioctl TUNSETIFF");
        return handle;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nuint first, nuint second, nuint third);

    private static void Check(nint result, string call)
    {
        if (result < 0) throw new InvalidOperationException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
