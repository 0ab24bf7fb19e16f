namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>Room for the datagrams that one recvmmsg(2) takes.</summary>
internal sealed class MessageBatch
{
    /// <summary>Datagrams by one call: enough that the call's own cost vanishes beside theirs.</summary>
    public const int Capacity = 64;

    /// <summary>Octets kept of each: an Ethernet MTU. What is longer is cut.</summary>
    public const int Stride = 1536;

    public byte[] Buffer { get; } = new byte[Capacity * Stride];

    public byte[] Names { get; } = new byte[Capacity * SocketAddress.MaximumLength];

    public byte[] Controls { get; } = new byte[Capacity * NativeSocket.ControlCapacity];

    public ReceivedMessage[] Messages { get; } = new ReceivedMessage[Capacity];

    public int[] Lengths { get; } = new int[Capacity];

    /// <summary>The octets of a datagram that were kept.</summary>
    public Memory<byte> Datagram(int index) => Buffer.AsMemory(index * Stride, Math.Min(Lengths[index], Stride));
}
