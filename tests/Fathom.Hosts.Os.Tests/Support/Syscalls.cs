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
