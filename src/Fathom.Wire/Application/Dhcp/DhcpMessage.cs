using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Application.Dhcp;

/// <summary>
/// A DHCPv4 message (RFC 2131 §2), or the BOOTP message that has the same form (RFC 951). Options stand behind the cookie, and where option 52 says
/// so also in the fields for file and server name: <see cref="EnumerateOptions"/> walks them all, <see cref="TryGetOption"/> joins an option
/// that was split (RFC 3396).
/// </summary>
public readonly ref struct DhcpMessage : IWireView<DhcpMessage>
{
    /// <summary>Octets before the vendor area: BOOTP's fixed part.</summary>
    public const int FixedLength = 236;

    /// <summary>Octets before the options: the fixed part and the cookie.</summary>
    public const int OptionsOffset = 240;

    /// <summary>The four octets that mark what follows as options (RFC 2131 §3).</summary>
    public const uint MagicCookie = 0x6382_5363;

    internal const string Protocol = "DHCP";

    internal const int ServerNameOffset = 44;
    internal const int ServerNameLength = 64;
    internal const int BootFileOffset = 108;
    internal const int BootFileLength = 128;

    private static readonly FieldSpec[] Rows =
    [
        new("op", 0, 8, "RFC 2131 §2"),
        new("htype", 8, 8, "RFC 2131 §2"),
        new("hlen", 16, 8, "RFC 2131 §2"),
        new("hops", 24, 8, "RFC 2131 §2"),
        new("xid", 32, 32, "RFC 2131 §2"),
        new("secs", 64, 16, "RFC 2131 §2"),
        new("broadcast", 80, 1, "RFC 2131 §2"),
        new("reserved", 81, 15, "RFC 2131 §2"),
        new("ciaddr", 96, 32, "RFC 2131 §2"),
        new("yiaddr", 128, 32, "RFC 2131 §2"),
        new("siaddr", 160, 32, "RFC 2131 §2"),
        new("giaddr", 192, 32, "RFC 2131 §2"),
        new("chaddr", 224, 128, "RFC 2131 §2"),
        new("sname", 352, 512, "RFC 2131 §2"),
        new("file", 864, 1024, "RFC 2131 §2"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private DhcpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Who the message is from.</summary>
    public DhcpOperation Operation => (DhcpOperation)_bytes[0];

    /// <summary>The kind of link: 1 is Ethernet.</summary>
    public byte HardwareType => _bytes[1];

    /// <summary>Octets of a hardware address, as stated; of Ethernet 6.</summary>
    public byte HardwareLength => _bytes[2];

    /// <summary>Relays that passed it on.</summary>
    public byte Hops => _bytes[3];

    /// <summary>Ties answers to the question.</summary>
    public uint TransactionId => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Seconds since the client began.</summary>
    public ushort Seconds => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>The client cannot take unicast before it has its address (RFC 2131 §4.1).</summary>
    public bool Broadcast => (_bytes[10] & 0x80) != 0;

    /// <summary>The other flags: zero.</summary>
    public ushort ReservedFlags => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]) & 0x7FFF);

    /// <summary>ciaddr: the address that the client has and answers for.</summary>
    public IpAddress ClientAddress => AddressAt(12);

    /// <summary>yiaddr: the address that the client gets.</summary>
    public IpAddress YourAddress => AddressAt(16);

    /// <summary>siaddr: the server to boot from.</summary>
    public IpAddress ServerAddress => AddressAt(20);

    /// <summary>giaddr: the relay that the message came through.</summary>
    public IpAddress RelayAddress => AddressAt(24);

    /// <summary>chaddr: all 16 octets, of which <see cref="HardwareLength"/> count.</summary>
    public ReadOnlySpan<byte> ClientHardwareAddress => _bytes.Slice(28, 16);

    /// <summary>The client's MAC address, or null on another link than Ethernet.</summary>
    public MacAddress? ClientMac => HardwareType == 1 && HardwareLength == MacAddress.Length ? MacAddress.FromBytes(ClientHardwareAddress) : null;

    /// <summary>sname: all 64 octets; a name up to the first zero, or options where option 52 says so.</summary>
    public ReadOnlySpan<byte> ServerName => _bytes.Slice(ServerNameOffset, ServerNameLength);

    /// <summary>file: all 128 octets; a name up to the first zero, or options where option 52 says so.</summary>
    public ReadOnlySpan<byte> BootFile => _bytes.Slice(BootFileOffset, BootFileLength);

    /// <summary>True if the cookie is there, so that options follow; else it is plain BOOTP.</summary>
    public bool HasOptions => _bytes.Length >= OptionsOffset && BinaryPrimitives.ReadUInt32BigEndian(_bytes[FixedLength..]) == MagicCookie;

    /// <summary>What is behind the cookie.</summary>
    public ReadOnlySpan<byte> Options => HasOptions ? _bytes[OptionsOffset..] : default;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Option 53, or none.</summary>
    public DhcpMessageType MessageType
    {
        get
        {
            foreach (var option in EnumerateOptions())
            {
                if (option.Code == DhcpOptionCode.MessageType && option.Data.Length == 1) return (DhcpMessageType)option.Data[0];
            }

            return DhcpMessageType.None;
        }
    }

    /// <summary>Walks the options in the order of RFC 3396 §5: behind the cookie, then in file, then in sname, as option 52 says.</summary>
    public DhcpOptionEnumerator EnumerateOptions() => new(_bytes);

    /// <summary>Reads one option whole: its pieces, where it was split, one behind the other (RFC 3396 §7).</summary>
    /// <param name="code">Which.</param>
    /// <param name="destination">Takes the octets.</param>
    /// <param name="length">How many.</param>
    /// <returns>False if the option is not there, or has more octets than there is room for.</returns>
    public bool TryGetOption(DhcpOptionCode code, Span<byte> destination, out int length)
    {
        length = 0;
        var found = false;
        foreach (var option in EnumerateOptions())
        {
            if (option.Code != code) continue;
            if (option.Data.Length > destination.Length - length) return false;
            option.Data.CopyTo(destination[length..]);
            length += option.Data.Length;
            found = true;
        }

        return found;
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DhcpMessage view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length > 0 && (DhcpOperation)bytes[0] is not (DhcpOperation.Request or DhcpOperation.Reply)) error = WireError.BadValue(Protocol, 0, "operation is neither request nor reply");
        else if (bytes.Length < FixedLength) error = WireError.TooShort(Protocol, 0, FixedLength, bytes.Length, "fixed part");
        if (error.IsError) return false;
        view = new DhcpMessage(bytes);
        return true;
    }

    private IpAddress AddressAt(int offset) => IpAddress.FromBytes(_bytes.Slice(offset, 4));
}
