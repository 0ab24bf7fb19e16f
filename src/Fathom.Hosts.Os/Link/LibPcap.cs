using System.Runtime.InteropServices;

namespace Fathom.Hosts.Os.Link;

/// <summary>The calls of libpcap that compile and run filters. It is looked for when first asked for; no build needs it.</summary>
internal static unsafe class LibPcap
{
    // Debian's soname is libpcap.so.0.8, that of others libpcap.so.1; macOS has its own.
    private static readonly string[] Names = ["libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.A.dylib", "libpcap.dylib"];

    private static readonly nint Library = Load();
    private static readonly delegate* unmanaged<int, int, nint> OpenDeadCall = (delegate* unmanaged<int, int, nint>)Export("pcap_open_dead");
    private static readonly delegate* unmanaged<nint, Program*, byte*, int, uint, int> CompileCall = (delegate* unmanaged<nint, Program*, byte*, int, uint, int>)Export("pcap_compile");
    private static readonly delegate* unmanaged<nint, nint> GetErrorCall = (delegate* unmanaged<nint, nint>)Export("pcap_geterr");
    private static readonly delegate* unmanaged<Program*, PacketHeader*, byte*, int> MatchCall = (delegate* unmanaged<Program*, PacketHeader*, byte*, int>)Export("pcap_offline_filter");
    private static readonly delegate* unmanaged<Program*, void> FreeCall = (delegate* unmanaged<Program*, void>)Export("pcap_freecode");
    private static readonly delegate* unmanaged<nint, void> CloseCall = (delegate* unmanaged<nint, void>)Export("pcap_close");

    internal static bool IsAvailable => OpenDeadCall != null && CompileCall != null && GetErrorCall != null && MatchCall != null && FreeCall != null && CloseCall != null;

    internal static nint OpenDead(int linkType, int snapLength) => OpenDeadCall(linkType, snapLength);

    internal static int Compile(nint handle, Program* program, string expression, int optimize, uint mask)
    {
        var text = Marshal.StringToCoTaskMemUTF8(expression);
        try
        {
            return CompileCall(handle, program, (byte*)text, optimize, mask);
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    internal static nint GetError(nint handle) => GetErrorCall(handle);

    internal static int Match(Program* program, PacketHeader* header, byte* bytes) => MatchCall(program, header, bytes);

    internal static void Free(Program* program) => FreeCall(program);

    internal static void Close(nint handle) => CloseCall(handle);

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        }

        return 0;
    }

    private static nint Export(string name) => Library != 0 && NativeLibrary.TryGetExport(Library, name, out var address) ? address : 0;

    /// <summary>struct bpf_program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Program
    {
        public uint Length;
        public nint Instructions;
    }

    /// <summary>struct pcap_pkthdr; its time is a struct timeval of two longs (LP64; the same size on macOS).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PacketHeader
    {
        public long Seconds;
        public long Microseconds;
        public uint Captured;
        public uint Length;
    }
}
