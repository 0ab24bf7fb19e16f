using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>struct sock_extended_err and the offender's address behind it (ip(7), IP_RECVERR).</summary>
/// <param name="Error">The errno.</param>
/// <param name="Origin">SO_EE_ORIGIN_*.</param>
/// <param name="Type">The ICMP type.</param>
/// <param name="Code">The ICMP code.</param>
/// <param name="Info">The MTU, for EMSGSIZE.</param>
/// <param name="Offender">The node that reported it, where known.</param>
/// <param name="ExtensionOffset">Where in the quoted octets an extension structure (RFC 4884) begins; 0 where there is none.</param>
internal readonly record struct ExtendedError(int Error, byte Origin, byte Type, byte Code, uint Info, IpAddress? Offender, int ExtensionOffset)
{
    public const byte OriginLocal = 1;
    public const byte OriginIcmp = 2;
    public const byte OriginIcmpv6 = 3;
    private const int Length = 16;

    // struct sock_ee_data_rfc4884 { u16 len; u8 flags; u8 reserved; } in ee_data; the flag says that the structure does not verify.
    private const byte ExtensionInvalid = 1; // SO_EE_RFC4884_FLAG_INVALID

    public static ExtendedError? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < Length) return null;
        IpAddress? offender = SocketAddress.TryRead(data[Length..], out var endpoint) ? endpoint.Address : null;
        return new ExtendedError(HostOrder.ReadInt32(data, 0), data[4], data[5], data[6], HostOrder.ReadUInt32(data, 8), offender, ReadExtension(data));
    }

    private static int ReadExtension(ReadOnlySpan<byte> data)
        => data[4] is OriginIcmp or OriginIcmpv6 && (data[14] & ExtensionInvalid) == 0 ? HostOrder.ReadUInt16(data, 12) : 0;
}
