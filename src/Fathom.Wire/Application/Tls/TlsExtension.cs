using System.Buffers.Binary;

namespace Fathom.Wire.Application.Tls;

/// <summary>One extension (RFC 8446 §4.2). A typed reader answers false for another type, or for content that has not its form.</summary>
public readonly ref struct TlsExtension
{
    /// <summary>Octets before the content: type and length.</summary>
    public const int HeaderLength = 4;

    internal TlsExtension(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the extensions.</summary>
    public int Offset { get; }

    /// <summary>The whole extension, type and length included.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What it is.</summary>
    public TlsExtensionType Type => (TlsExtensionType)BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>What follows type and length.</summary>
    public ReadOnlySpan<byte> Data => Bytes[HeaderLength..];

    /// <summary>Reads the name that a client asks for (RFC 6066 §3).</summary>
    /// <param name="name">The first host_name's octets, ASCII in right messages; not escaped.</param>
    public bool TryGetServerName(out ReadOnlySpan<byte> name)
    {
        name = default;
        var rest = Data;
        if (Type != TlsExtensionType.ServerName || !TlsVectors.TryTake(ref rest, 2, out var list) || list.IsEmpty) return false;
        const byte HostName = 0;
        if (list[0] != HostName) return false;
        list = list[1..];
        return TlsVectors.TryTake(ref list, 2, out name);
    }

    /// <summary>Reads the protocols (RFC 7301 §3.1), for <see cref="TlsProtocolNames"/>.</summary>
    /// <param name="names">The names, each behind an octet of length.</param>
    public bool TryGetProtocols(out TlsProtocolNames names)
    {
        var rest = Data;
        var ok = Type == TlsExtensionType.Alpn && TlsVectors.TryTake(ref rest, 2, out _);
        names = ok ? new TlsProtocolNames(Data[2..][..TlsVectors.ReadLength(Data, 2)]) : default;
        return ok;
    }

    /// <summary>
    /// Reads a list of numbers of 16 bits: supported_groups, signature_algorithms, signature_algorithms_cert, the versions of a client's
    /// supported_versions, or the groups of a client's key_share are such lists.
    /// </summary>
    /// <param name="numbers">Two octets each.</param>
    public bool TryGetNumbers(out ReadOnlySpan<byte> numbers)
    {
        numbers = default;
        var rest = Data;
        var lengthOctets = Type switch
        {
            TlsExtensionType.SupportedGroups or TlsExtensionType.SignatureAlgorithms or TlsExtensionType.SignatureAlgorithmsCert => 2,
            TlsExtensionType.SupportedVersions or TlsExtensionType.CompressCertificate => 1,
            _ => 0,
        };
        return lengthOctets > 0 && TlsVectors.TryTake(ref rest, lengthOctets, out numbers) && rest.IsEmpty && numbers.Length % 2 == 0;
    }

    /// <summary>Reads the version that a server chose (RFC 8446 §4.2.1).</summary>
    /// <param name="version">The version.</param>
    public bool TryGetSelectedVersion(out TlsVersion version)
    {
        var ok = Type == TlsExtensionType.SupportedVersions && Data.Length == 2;
        version = ok ? (TlsVersion)BinaryPrimitives.ReadUInt16BigEndian(Data) : default;
        return ok;
    }

    /// <summary>Reads the group of a server's key share, or of a HelloRetryRequest (RFC 8446 §4.2.8).</summary>
    /// <param name="group">The group.</param>
    public bool TryGetSelectedGroup(out ushort group)
    {
        var ok = Type == TlsExtensionType.KeyShare && Data.Length >= 2;
        group = ok ? BinaryPrimitives.ReadUInt16BigEndian(Data) : (ushort)0;
        return ok;
    }

    /// <summary>Reads a client's key shares (RFC 8446 §4.2.8), for <see cref="TlsKeyShareEnumerator"/>.</summary>
    /// <param name="shares">The shares.</param>
    public bool TryGetClientShares(out TlsKeyShareEnumerator shares)
    {
        var rest = Data;
        var ok = Type == TlsExtensionType.KeyShare && TlsVectors.TryTake(ref rest, 2, out _) && rest.IsEmpty;
        shares = ok ? new TlsKeyShareEnumerator(Data[2..]) : default;
        return ok;
    }
}
