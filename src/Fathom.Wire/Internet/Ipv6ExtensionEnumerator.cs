using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Walks IPv6 extension headers (RFC 8200 §4) without allocating, up to a header that is none, a fragment header
/// with an offset (what follows is the middle of something), damage, or <see cref="MaxHeaders"/>.
/// </summary>
public ref struct Ipv6ExtensionEnumerator
{
    /// <summary>Extension headers that are walked. RFC 8200 §4.1 orders seven; twice that with room is plenty for honest packets.</summary>
    public const int MaxHeaders = 16;

    private const string Name = "IPv6 extension header";

    private readonly ReadOnlySpan<byte> _payload;
    private int _count;
    private bool _stopped;

    /// <summary>Starts before the first header.</summary>
    /// <param name="first">What the payload begins with.</param>
    /// <param name="payload">What follows the fixed header.</param>
    public Ipv6ExtensionEnumerator(IpProtocol first, ReadOnlySpan<byte> payload)
    {
        _payload = payload;
        NextProtocol = first;
    }

    /// <summary>The header at which the walk stands.</summary>
    public Ipv6Extension Current { get; private set; }

    /// <summary>What follows the headers walked so far.</summary>
    public IpProtocol NextProtocol { get; private set; }

    /// <summary>Octets walked so far, from the start of the payload.</summary>
    public int NextOffset { get; private set; }

    /// <summary>The bytes behind the headers walked so far.</summary>
    public readonly ReadOnlySpan<byte> Rest => _payload[NextOffset..];

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the payload.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly Ipv6ExtensionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next header.</summary>
    public bool MoveNext()
    {
        if (_stopped || !NextProtocol.IsIpv6Extension()) return false;
        if (_count == MaxHeaders) return Stop(WireError.LimitExceeded(Name, NextOffset, MaxHeaders, "extension headers in one packet"));
        var rest = Rest;
        if (rest.Length < 8) return Stop(WireError.TooShort(Name, NextOffset, 8, rest.Length, NextProtocol.Describe()));
        var length = Measure(NextProtocol, rest);
        if (length > rest.Length) return Stop(WireError.TooShort(Name, NextOffset, length, rest.Length, NextProtocol.Describe()));

        Current = new Ipv6Extension(NextProtocol, NextOffset, rest[..length]);
        _count++;
        _stopped = NextProtocol == IpProtocol.Fragment && (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) & 0xFFF8) != 0;
        NextOffset += length;
        NextProtocol = Current.NextHeader;
        return true;
    }

    /// <summary>The header's length by its own length octet; at least 8 octets must be there.</summary>
    private static int Measure(IpProtocol protocol, ReadOnlySpan<byte> header) => protocol switch
    {
        IpProtocol.Fragment => Ipv6Fragment.HeaderLength,
        IpProtocol.Ah => (header[1] + 2) * 4, // RFC 4302 §2.2: words of four, minus two
        _ => (header[1] + 1) * 8, // RFC 8200 §4: words of eight, not counting the first
    };

    private bool Stop(WireError error)
    {
        Error = error;
        _stopped = true;
        return false;
    }
}
