using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Fathom.Hosts.Os.Link;

/// <summary>
/// A filter expression compiled by libpcap, where this machine has it: the whole language of pcap-filter(7), in which libpcap may look names up.
/// Not safe for several threads at once.
/// </summary>
public sealed unsafe class PcapFilter : IDisposable
{
    // Octets that the compiler assumes a packet may have: MAXIMUM_SNAPLEN of libpcap.
    private const int SnapLength = 262144;

    // PCAP_NETMASK_UNKNOWN: "ip broadcast" is then refused, since nobody knows what it means in a file.
    private const uint NoMask = 0xFFFFFFFF;

    private LibPcap.Program _program;
    private bool _isClosed;

    private PcapFilter(LibPcap.Program program) => _program = program;

    /// <summary>True if libpcap is there.</summary>
    public static bool IsAvailable => LibPcap.IsAvailable;

    /// <summary>Compiles an expression.</summary>
    /// <param name="linkType">What the packets begin with: a LINKTYPE_ number.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="filter">The filter, or null.</param>
    /// <param name="reason">What libpcap says is wrong; else empty.</param>
    public static bool TryCompile(int linkType, string expression, [NotNullWhen(true)] out PcapFilter? filter, out string reason)
    {
        ArgumentNullException.ThrowIfNull(expression);
        (filter, reason) = (null, string.Empty);
        if (!IsAvailable)
        {
            reason = "libpcap is not installed";
            return false;
        }

        // LINKTYPE_RAW is DLT_RAW, 12, on all systems but OpenBSD; the other numbers here are the same in both lists.
        const int LinkTypeRaw = 101;
        const int DltRaw = 12;
        var handle = LibPcap.OpenDead(linkType == LinkTypeRaw ? DltRaw : linkType, SnapLength);
        if (handle == 0)
        {
            reason = "libpcap has no memory for it";
            return false;
        }

        try
        {
            LibPcap.Program program = default;
            if (LibPcap.Compile(handle, &program, expression, optimize: 1, NoMask) == 0) filter = new PcapFilter(program);
            else reason = Marshal.PtrToStringUTF8(LibPcap.GetError(handle)) ?? "libpcap refuses it";
        }
        finally
        {
            LibPcap.Close(handle);
        }

        return filter is not null;
    }

    /// <summary>True if the filter means the packet.</summary>
    /// <param name="frame">The octets captured.</param>
    /// <param name="originalLength">Octets on the link.</param>
    public bool Matches(ReadOnlySpan<byte> frame, long originalLength)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var header = new LibPcap.PacketHeader { Captured = (uint)frame.Length, Length = (uint)Math.Min(originalLength, uint.MaxValue) };
        fixed (byte* bytes = frame)
        fixed (LibPcap.Program* program = &_program)
        {
            byte none = 0;
            return LibPcap.Match(program, &header, bytes is null ? &none : bytes) != 0;
        }
    }

    /// <summary>Frees the program.</summary>
    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        fixed (LibPcap.Program* program = &_program) LibPcap.Free(program);
    }
}
