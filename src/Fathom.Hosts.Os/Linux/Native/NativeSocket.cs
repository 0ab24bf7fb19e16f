using System.Runtime.InteropServices;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>
/// A non-blocking socket of any family. Calls return 0 or a count, and a failure as the negative errno,
/// so that no exception is paid for what networks do.
/// </summary>
internal sealed unsafe class NativeSocket : IDisposable
{
    public const int ControlCapacity = 256; // time stamp, hop limit, extended error and address take under 128 octets
    private readonly PollRegistration _poll;

    /// <summary>Takes an open, non-blocking descriptor over.</summary>
    public NativeSocket(FileDescriptor descriptor)
    {
        Descriptor = descriptor;
        _poll = new PollRegistration(descriptor);
    }

    public FileDescriptor Descriptor { get; }

    /// <summary>Opens a socket, non-blocking and closed on exec. Null with the errno on failure.</summary>
    public static NativeSocket? Open(int family, int type, int protocol, out int error)
    {
        var number = Libc.Socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
        error = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        return number < 0 ? null : new NativeSocket(new FileDescriptor(number));
    }

    public int SetOption(int level, int name, int value)
        => Result(Libc.SetSocketOption(Descriptor, level, name, &value, sizeof(int)));

    public int SetOption(int level, int name, ReadOnlySpan<byte> value)
    {
        fixed (byte* pointer = value) return Result(Libc.SetSocketOption(Descriptor, level, name, pointer, (uint)value.Length));
    }

    public int GetOption(int level, int name, out int value)
    {
        int read = 0;
        uint length = sizeof(int);
        var result = Result(Libc.GetSocketOption(Descriptor, level, name, &read, &length));
        value = read;
        return result;
    }

    /// <summary>Returns the number of octets that the kernel filled in.</summary>
    public int GetOption(int level, int name, Span<byte> value)
    {
        var length = (uint)value.Length;
        fixed (byte* pointer = value)
        {
            var result = Result(Libc.GetSocketOption(Descriptor, level, name, pointer, &length));
            return result < 0 ? result : (int)Math.Min(length, (uint)value.Length);
        }
    }

    public int Bind(IpEndpoint local)
    {
        var address = stackalloc byte[SocketAddress.MaximumLength];
        var length = SocketAddress.Write(new Span<byte>(address, SocketAddress.MaximumLength), local);
        return Result(Libc.Bind(Descriptor, address, (uint)length));
    }

    public int Bind(ReadOnlySpan<byte> address)
    {
        fixed (byte* pointer = address) return Result(Libc.Bind(Descriptor, pointer, (uint)address.Length));
    }

    public int Connect(IpEndpoint remote)
    {
        var address = stackalloc byte[SocketAddress.MaximumLength];
        var length = SocketAddress.Write(new Span<byte>(address, SocketAddress.MaximumLength), remote);
        return Result(Libc.Connect(Descriptor, address, (uint)length));
    }

    public int Listen(int backlog) => Result(Libc.Listen(Descriptor, backlog));

    /// <summary>Null with the errno on failure, EAGAIN while nobody is there.</summary>
    public NativeSocket? Accept(out int error)
    {
        var number = Libc.Accept(Descriptor, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC);
        error = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        return number < 0 ? null : new NativeSocket(new FileDescriptor(number));
    }

    public int Shutdown(int how) => Result(Libc.Shutdown(Descriptor, how));

    /// <summary>The local endpoint; null where the system does not tell.</summary>
    public IpEndpoint? GetLocal()
    {
        var address = stackalloc byte[SocketAddress.MaximumLength];
        uint length = SocketAddress.MaximumLength;
        return Libc.GetSocketName(Descriptor, address, &length) == 0 ? ReadName(address, length) : null;
    }

    /// <summary>The peer; null where there is none.</summary>
    public IpEndpoint? GetRemote()
    {
        var address = stackalloc byte[SocketAddress.MaximumLength];
        uint length = SocketAddress.MaximumLength;
        return Libc.GetPeerName(Descriptor, address, &length) == 0 ? ReadName(address, length) : null;
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes) return Result(Libc.SendTo(Descriptor, pointer, (nuint)bytes.Length, MSG_NOSIGNAL, null, 0));
    }

    public int SendTo(ReadOnlySpan<byte> bytes, IpEndpoint destination)
    {
        Span<byte> address = stackalloc byte[SocketAddress.MaximumLength];
        var length = SocketAddress.Write(address, destination);
        return SendTo(bytes, address[..length]);
    }

    public int SendTo(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> address)
    {
        fixed (byte* pointer = bytes, name = address)
        {
            return Result(Libc.SendTo(Descriptor, pointer, (nuint)bytes.Length, MSG_NOSIGNAL, name, (uint)address.Length));
        }
    }

    public int Receive(Span<byte> buffer, int flags)
    {
        fixed (byte* pointer = buffer) return Result(Libc.Receive(Descriptor, pointer, (nuint)buffer.Length, flags));
    }

    /// <summary>Receives a datagram, or an entry of the error queue, and what the kernel says about it. With MSG_TRUNC the whole length is returned.</summary>
    public int Receive(Span<byte> buffer, int flags, out ReceivedMessage message)
    {
        message = default;
        Span<byte> name = stackalloc byte[SocketAddress.MaximumLength];
        Span<byte> control = stackalloc byte[ControlCapacity];
        var count = Receive(buffer, flags, name, out var nameLength, control, out var controlLength, out message.Flags);
        if (count < 0) return count;
        if (SocketAddress.TryRead(name[..nameLength], out var endpoint)) message.Name = endpoint;
        message.ReadControl(control[..controlLength]);
        return count;
    }

    /// <summary>As above, with the name and the ancillary data as they are.</summary>
    public int Receive(
        Span<byte> buffer, int flags, Span<byte> name, out int nameLength, Span<byte> control, out int controlLength, out int messageFlags)
    {
        fixed (byte* pointer = buffer, namePointer = name, controlPointer = control)
        {
            var vector = new Libc.IoVector { Base = pointer, Length = (nuint)buffer.Length };
            var header = new Libc.MessageHeader
            {
                Name = namePointer,
                NameLength = (uint)name.Length,
                Vectors = &vector,
                VectorCount = 1,
                Control = controlPointer,
                ControlLength = (nuint)control.Length,
            };
            var count = Result(Libc.ReceiveMessage(Descriptor, &header, flags));
            messageFlags = header.Flags;
            nameLength = count < 0 ? 0 : (int)Math.Min(header.NameLength, (uint)name.Length);
            controlLength = count < 0 ? 0 : (int)Math.Min(header.ControlLength, (nuint)control.Length);
            return count;
        }
    }

    /// <summary>Sends datagrams of one length by one call (sendmmsg). Returns how many were taken, or the negative errno of the first.</summary>
    /// <param name="packets">The datagrams, one behind the other.</param>
    /// <param name="length">Octets of each.</param>
    /// <param name="names">The destinations' addresses as <see cref="SocketAddress"/> writes them, each <see cref="SocketAddress.MaximumLength"/> octets.</param>
    /// <param name="nameLength">How many of these octets are used.</param>
    public int SendMany(ReadOnlySpan<byte> packets, int length, ReadOnlySpan<byte> names, int nameLength)
    {
        var count = Math.Min(packets.Length / length, MessageBatch.Capacity);
        var headers = stackalloc Libc.ManyMessageHeader[MessageBatch.Capacity];
        var vectors = stackalloc Libc.IoVector[MessageBatch.Capacity];
        fixed (byte* packet = packets, name = names)
        {
            for (var i = 0; i < count; i++)
            {
                vectors[i] = new Libc.IoVector { Base = packet + (i * length), Length = (nuint)length };
                headers[i] = default;
                headers[i].Message = new Libc.MessageHeader { Name = name + (i * SocketAddress.MaximumLength), NameLength = (uint)nameLength, Vectors = vectors + i, VectorCount = 1 };
            }

            return Result(Libc.SendMessages(Descriptor, headers, (uint)count, MSG_NOSIGNAL));
        }
    }

    /// <summary>Receives what is there by one call (recvmmsg). Returns how many datagrams came, or a negative errno.</summary>
    public int ReceiveMany(MessageBatch batch, int flags)
    {
        var headers = stackalloc Libc.ManyMessageHeader[MessageBatch.Capacity];
        var vectors = stackalloc Libc.IoVector[MessageBatch.Capacity];
        fixed (byte* buffer = batch.Buffer, name = batch.Names, control = batch.Controls)
        {
            for (var i = 0; i < MessageBatch.Capacity; i++)
            {
                vectors[i] = new Libc.IoVector { Base = buffer + (i * MessageBatch.Stride), Length = MessageBatch.Stride };
                headers[i] = default;
                headers[i].Message = new Libc.MessageHeader
                {
                    Name = name + (i * SocketAddress.MaximumLength),
                    NameLength = SocketAddress.MaximumLength,
                    Vectors = vectors + i,
                    VectorCount = 1,
                    Control = control + (i * ControlCapacity),
                    ControlLength = ControlCapacity,
                };
            }

            var count = Result(Libc.ReceiveMessages(Descriptor, headers, MessageBatch.Capacity, flags | MSG_DONTWAIT, null));
            for (var i = 0; i < count; i++)
            {
                ref var message = ref batch.Messages[i];
                message = default;
                message.Flags = headers[i].Message.Flags;
                var nameLength = (int)Math.Min(headers[i].Message.NameLength, SocketAddress.MaximumLength);
                if (SocketAddress.TryRead(batch.Names.AsSpan(i * SocketAddress.MaximumLength, nameLength), out var endpoint)) message.Name = endpoint;
                message.ReadControl(batch.Controls.AsSpan(i * ControlCapacity, (int)Math.Min(headers[i].Message.ControlLength, ControlCapacity)));
                batch.Lengths[i] = (int)Math.Min(headers[i].Length, int.MaxValue);
            }

            return count;
        }
    }

    public Task WaitReadableAsync(CancellationToken cancellation) => _poll.WaitReadableAsync(cancellation);

    public Task WaitWritableAsync(CancellationToken cancellation) => _poll.WaitWritableAsync(cancellation);

    /// <summary>Lets whoever waits to read look again.</summary>
    public void WakeReader() => _poll.WakeReader();

    public void Dispose()
    {
        _poll.Dispose();
        Descriptor.Dispose();
    }

    private static IpEndpoint? ReadName(byte* address, uint length)
        => SocketAddress.TryRead(new ReadOnlySpan<byte>(address, (int)Math.Min(length, SocketAddress.MaximumLength)), out var endpoint) ? endpoint : null;

    private static int Result(nint returned) => returned < 0 ? -Marshal.GetLastPInvokeError() : (int)returned;
}
