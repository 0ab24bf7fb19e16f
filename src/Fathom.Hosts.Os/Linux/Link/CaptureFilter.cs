using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// A filter that the kernel runs before it queues a frame (classic BPF, Documentation/networking/filter.rst). It reads from the network
/// header on, wherever that is, and the protocol from the kernel's own record of the frame: the same program suits every kind of link.
/// </summary>
internal static class CaptureFilter
{
    // Beyond this the program would come near the kernel's 4,096 instructions (BPF_MAXINSNS); then everything is kept.
    private const int AddressLimit = 128;

    private const ushort LoadWord = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private const ushort LoadByte = 0x30; // BPF_LD | BPF_B | BPF_ABS
    private const ushort JumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort Return = 0x06; // BPF_RET | BPF_K
    private const uint ProtocolOfFrame = 0xFFFFF000; // SKF_AD_OFF + SKF_AD_PROTOCOL
    private const uint NetworkHeader = 0xFFF00000; // SKF_NET_OFF
    private const uint Keep = 0xFFFFFFFF;
    private const uint Drop = 0;

    /// <summary>Returns 0 or a negative errno.</summary>
    public static unsafe int Attach(NativeSocket socket, IReadOnlyList<IpAddress> addresses)
    {
        if (addresses.Count > AddressLimit) return 0;
        var program = Build(addresses);
        fixed (Instruction* instructions = program)
        {
            // struct sock_fprog { u16 length; struct sock_filter *filter; }
            Span<byte> description = stackalloc byte[16];
            HostOrder.WriteUInt16(description, 0, (ushort)program.Length);
            HostOrder.WriteUInt64(description, 8, (ulong)instructions);
            return socket.SetOption(SOL_SOCKET, SO_ATTACH_FILTER, description);
        }
    }

    /// <summary>A classic BPF program for the packet socket (bpf(4)), which lets through what concerns an address.</summary>
    internal static Instruction[] Build(IReadOnlyList<IpAddress> addresses)
    {
        var v4 = ForVersion(addresses, IpVersion.V4);
        var v6 = ForVersion(addresses, IpVersion.V6);
        List<Instruction> program =
        [
            new(LoadWord, 0, 0, ProtocolOfFrame),
            .. KeepIf(0x0806), // ARP
            .. KeepIf(0x8100), // a second VLAN tag: what is inside is not looked at
            .. KeepIf(0x88A8),
            // A jump reaches 255 instructions and these parts are longer, so the way to each is a jump of its own.
            new(JumpIfEqual, 0, 1, 0x0800),
            Always(3),
            new(JumpIfEqual, 0, 1, 0x86DD),
            Always(1 + v4.Count),
            new(Return, 0, 0, Drop),
        ];
        // Order: [jeq v4][ja v4][jeq v6][ja v6][drop] v4... v6...
        program.AddRange(v4);
        program.AddRange(v6);
        return [.. program];
    }

    private static List<Instruction> ForVersion(IReadOnlyList<IpAddress> addresses, IpVersion version)
    {
        var isV6 = version == IpVersion.V6;
        List<Instruction> program = [new(LoadByte, 0, 0, NetworkHeader + (isV6 ? 6u : 9u))];
        program.AddRange(KeepIf(isV6 ? 58u : 1u));
        // A fragment of anything, or a packet with options, may hold ICMPv6 further in.
        if (isV6) program.AddRange([.. KeepIf(44), .. KeepIf(0)]);
        foreach (var address in addresses)
        {
            if (address.Version != version) continue;
            AddComparison(program, address, isV6 ? 8u : 12u);
            AddComparison(program, address, isV6 ? 24u : 16u);
        }

        program.Add(new(Return, 0, 0, Drop));
        return program;
    }

    private static void AddComparison(List<Instruction> program, IpAddress address, uint offset)
    {
        var words = address.Length / 4;
        for (var i = 0; i < words; i++)
        {
            var word = (uint)(address.Value >> (32 * (words - 1 - i)));
            program.Add(new(LoadWord, 0, 0, NetworkHeader + offset + (4 * (uint)i)));
            // To the end of this comparison: the words left, two instructions each, and the return.
            program.Add(new(JumpIfEqual, 0, (byte)((2 * (words - 1 - i)) + 1), word));
        }

        program.Add(new(Return, 0, 0, Keep));
    }

    private static Instruction[] KeepIf(uint value) => [new(JumpIfEqual, 0, 1, value), new(Return, 0, 0, Keep)];

    private static Instruction Always(int instructions) => new(0x05, 0, 0, (uint)instructions); // BPF_JMP | BPF_JA

    /// <summary>struct sock_filter.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);
}
