using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>One DHCPv6 option (RFC 8415 §21.1). Some hold options in turn: <see cref="NestedOffset"/> says from where on.</summary>
public readonly ref struct Dhcpv6Option
{
    /// <summary>Octets before the content: code and length.</summary>
    public const int HeaderLength = 4;

    internal Dhcpv6Option(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the options among which it stands.</summary>
    public int Offset { get; }

    /// <summary>The whole option, code and length included.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Which option.</summary>
    public Dhcpv6OptionCode Code => (Dhcpv6OptionCode)BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>What follows code and length.</summary>
    public ReadOnlySpan<byte> Data => Bytes[HeaderLength..];

    /// <summary>Octets of content before options that it holds in turn; -1 for an option that holds none, or whose fixed part is cut.</summary>
    public int NestedOffset
    {
        get
        {
            var fixedPart = Code switch
            {
                Dhcpv6OptionCode.IaNa or Dhcpv6OptionCode.IaPd => 12,
                Dhcpv6OptionCode.IaTa => 4,
                Dhcpv6OptionCode.IaAddress => 24,
                Dhcpv6OptionCode.IaPrefix => 25,
                _ => -1,
            };
            return Data.Length >= fixedPart ? fixedPart : -1;
        }
    }

    /// <summary>The options that it holds in turn; empty for an option that holds none.</summary>
    public ReadOnlySpan<byte> Nested => NestedOffset < 0 ? default : Data[NestedOffset..];
}
