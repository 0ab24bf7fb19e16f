namespace Fathom.Wire.Application.Dns;

/// <summary>One SvcParam of an SVCB or HTTPS record (RFC 9460 §2.2). Equal when key and octets are.</summary>
/// <param name="Key">SvcParamKey (IANA "Service Parameter Keys").</param>
/// <param name="Value">SvcParamValue in wire form, at most 65,535 octets.</param>
public sealed record DnsServiceParameter(ushort Key, ReadOnlyMemory<byte> Value)
{
    /// <summary>mandatory: keys that must be understood (RFC 9460 §8).</summary>
    public const ushort Mandatory = 0;

    /// <summary>alpn (RFC 9460 §7.1).</summary>
    public const ushort Alpn = 1;

    /// <summary>no-default-alpn (RFC 9460 §7.1).</summary>
    public const ushort NoDefaultAlpn = 2;

    /// <summary>port (RFC 9460 §7.2).</summary>
    public const ushort Port = 3;

    /// <summary>ipv4hint (RFC 9460 §7.3).</summary>
    public const ushort Ipv4Hint = 4;

    /// <summary>ech (RFC 9848).</summary>
    public const ushort Ech = 5;

    /// <summary>ipv6hint (RFC 9460 §7.3).</summary>
    public const ushort Ipv6Hint = 6;

    /// <summary>dohpath (RFC 9461 §5).</summary>
    public const ushort DohPath = 7;

    /// <summary>ohttp (RFC 9540 §4).</summary>
    public const ushort Ohttp = 8;

    /// <inheritdoc/>
    public bool Equals(DnsServiceParameter? other) => other is not null && Key == other.Key && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Key);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }

    /// <summary>The parameter in presentation form (RFC 9460 §2.1); a value that has not its key's form is shown generically.</summary>
    public override string ToString() => DnsServiceParameterText.Format(Key, Value.Span);
}
