namespace Fathom.Wire.Application.Dns;

/// <summary>One EDNS option (RFC 6891 §6.1.2). Equal when code and octets are.</summary>
/// <param name="Code">OPTION-CODE (IANA "DNS EDNS0 Option Codes").</param>
/// <param name="Data">OPTION-DATA, at most 65,535 octets.</param>
public sealed record DnsEdnsOption(ushort Code, ReadOnlyMemory<byte> Data)
{
    /// <summary>Name server identifier, NSID (RFC 5001).</summary>
    public const ushort NameServerId = 3;

    /// <summary>Client subnet, ECS (RFC 7871).</summary>
    public const ushort ClientSubnet = 8;

    /// <summary>DNS cookie (RFC 7873).</summary>
    public const ushort Cookie = 10;

    /// <summary>TCP keepalive (RFC 7828).</summary>
    public const ushort TcpKeepalive = 11;

    /// <summary>Padding (RFC 7830).</summary>
    public const ushort Padding = 12;

    /// <summary>Extended error, EDE (RFC 8914).</summary>
    public const ushort ExtendedError = 15;

    /// <inheritdoc/>
    public bool Equals(DnsEdnsOption? other) => other is not null && Code == other.Code && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Code);
        hash.AddBytes(Data.Span);
        return hash.ToHashCode();
    }

    /// <summary>The option as safe text: its code and its octets in hexadecimal.</summary>
    public override string ToString() => $"{Code}: {Convert.ToHexStringLower(Data.Span)}";
}
