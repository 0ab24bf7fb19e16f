using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>
/// Reads the parts of one message. The first fault sticks: later reads give defaults, and who reads in a loop
/// asks <see cref="Failed"/>. Names may point back into the whole message (RFC 1035 §4.1.4); everything else stays
/// before <see cref="End"/>.
/// </summary>
internal ref struct DnsReader
{
    // RFC 1035 §4.1.4: a prior occurrence of a name cannot stand in the header.
    private const int FirstNameOffset = DnsHeader.Length;

    private readonly ReadOnlySpan<byte> _message;

    public DnsReader(ReadOnlySpan<byte> message, int position)
    {
        _message = message;
        Position = position;
        End = message.Length;
        EndSource = LengthSource.Buffer;
    }

    /// <summary>Octets from the start of the message.</summary>
    public int Position { get; private set; }

    /// <summary>Where the part that is being read ends: the message's end or RDATA's.</summary>
    public int End { get; private set; }

    public LengthSource EndSource { get; private set; }

    public WireError Error { get; private set; }

    public readonly bool Failed => Error.IsError;

    public readonly int Remaining => End - Position;

    /// <summary>Narrows the reader to the next octets, as RDLENGTH says; <see cref="Leave"/> widens it again.</summary>
    public bool Enter(int length, string what)
    {
        if (!Need(length, what)) return false;
        End = Position + length;
        EndSource = LengthSource.ElementLength;
        return true;
    }

    /// <summary>Ends a narrowed part. What is left in it is a fault.</summary>
    public void Leave(string what)
    {
        if (!Failed && Remaining > 0)
        {
            Fail(WireError.BadLength(DnsMessage.Protocol, Position, 0, Remaining, EndSource, $"{what}: octets are left over after its last field"));
        }

        End = _message.Length;
        EndSource = LengthSource.Buffer;
    }

    public void Fail(WireError error)
    {
        if (!Failed) Error = error;
    }

    public void FailValue(string detail) => Fail(WireError.BadValue(DnsMessage.Protocol, Position, detail));

    public byte ReadByte(string what)
    {
        if (!Need(1, what)) return 0;
        return _message[Position++];
    }

    public ushort ReadUInt16(string what)
    {
        if (!Need(2, what)) return 0;
        Position += 2;
        return BinaryPrimitives.ReadUInt16BigEndian(_message[(Position - 2)..]);
    }

    public uint ReadUInt32(string what)
    {
        if (!Need(4, what)) return 0;
        Position += 4;
        return BinaryPrimitives.ReadUInt32BigEndian(_message[(Position - 4)..]);
    }

    public ReadOnlySpan<byte> ReadSpan(int length, string what)
    {
        if (!Need(length, what)) return default;
        Position += length;
        return _message.Slice(Position - length, length);
    }

    public byte[] ReadBytes(int length, string what) => ReadSpan(length, what).ToArray();

    public byte[] ReadRest() => Failed ? [] : ReadBytes(Remaining, "data");

    /// <summary>A character-string: a length octet and that many octets (RFC 1035 §3.3).</summary>
    public byte[] ReadString(string what) => ReadBytes(ReadByte(what), what);

    /// <summary>
    /// A name, compressed or not. It ends in bounded time: every pointer must point before the labels that led to
    /// it, there are at most <see cref="DnsName.MaximumLabels"/> of them, and the whole is at most 255 octets.
    /// </summary>
    public DnsName ReadName(string what)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaximumWireLength];
        var length = ReadName(wire, what, out var labels);
        return length == 0 ? DnsName.Root : DnsName.FromChecked(wire[..length], labels);
    }

    /// <summary>Checks a name and passes over it.</summary>
    public void SkipName() => ReadName(default, null, out _);

    /// <summary>Passes over octets.</summary>
    public void Skip(int length, string what)
    {
        if (Need(length, what)) Position += length;
    }

    /// <summary>Reads a name as <see cref="ReadName(string)"/> does, and allocates nothing.</summary>
    /// <param name="wire">Takes the uncompressed form, 255 octets at most; empty, where only the check is wanted.</param>
    /// <param name="what">The name's place, for the error; null where nothing is to be allocated for that.</param>
    /// <param name="labels">Its labels.</param>
    /// <returns>Octets of the uncompressed form; 0 where it could not be read.</returns>
    private int ReadName(scoped Span<byte> wire, string? what, out int labels)
    {
        labels = 0;
        if (Failed) return 0;
        int length = 0, hops = 0;
        int at = Position, segment = Position, end = End, resumeAt = -1;
        while (true)
        {
            if (at >= end) return FailName(WireError.TooShort(DnsMessage.Protocol, at, 1, 0, what ?? "name", resumeAt < 0 ? EndSource : LengthSource.Buffer));
            int octet = _message[at];
            if (octet == 0) break;
            switch (octet & 0xC0)
            {
                case 0x00:
                    // Room for this label with its length octet, and for the root's zero.
                    if (length + octet + 2 > DnsName.MaximumWireLength)
                        return FailName(WireError.LimitExceeded(DnsMessage.Protocol, at, DnsName.MaximumWireLength, Detail(what, "name longer than RFC 1035 §2.3.4 allows")));
                    if (at + 1 + octet > end)
                        return FailName(WireError.TooShort(DnsMessage.Protocol, at + 1, octet, end - at - 1, what ?? "name", resumeAt < 0 ? EndSource : LengthSource.Buffer));
                    if (!wire.IsEmpty) _message.Slice(at, octet + 1).CopyTo(wire[length..]);
                    length += octet + 1;
                    at += octet + 1;
                    labels++;
                    break;

                case 0xC0:
                    if (at + 2 > end) return FailName(WireError.TooShort(DnsMessage.Protocol, at, 2, end - at, what ?? "name", resumeAt < 0 ? EndSource : LengthSource.Buffer));
                    var target = BinaryPrimitives.ReadUInt16BigEndian(_message[at..]) & 0x3FFF;
                    if (target >= segment)
                        return FailName(WireError.BadValue(DnsMessage.Protocol, at, Detail(what, "compression pointer does not point back to a prior name (RFC 1035 §4.1.4)")));
                    if (target < FirstNameOffset)
                        return FailName(WireError.BadValue(DnsMessage.Protocol, at, Detail(what, "compression pointer points into the header")));
                    if (++hops > DnsName.MaximumLabels)
                        return FailName(WireError.LimitExceeded(DnsMessage.Protocol, at, DnsName.MaximumLabels, Detail(what, "too many compression pointers in one name")));
                    if (resumeAt < 0) resumeAt = at + 2;
                    at = segment = target;
                    end = _message.Length;
                    break;

                default:
                    // 01 was for extended labels (RFC 6891 §5 took them back), 10 is reserved (RFC 1035 §4.1.4).
                    return FailName(WireError.BadValue(DnsMessage.Protocol, at, Detail(what, "label type is reserved")));
            }
        }

        Position = resumeAt < 0 ? at + 1 : resumeAt;
        if (!wire.IsEmpty) wire[length] = 0;
        return length + 1;
    }

    private static string Detail(string? what, string detail) => what is null ? detail : $"{what}: {detail}";

    private int FailName(WireError error)
    {
        Fail(error);
        return 0;
    }

    private bool Need(int length, string what)
    {
        if (Failed) return false;
        if (length <= Remaining) return true;
        Fail(WireError.TooShort(DnsMessage.Protocol, Position, length, Remaining, what, EndSource));
        return false;
    }
}
