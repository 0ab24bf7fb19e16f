using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dhcp;

/// <summary>Walks classless static routes (RFC 3442) without allocating; ends at damage. Router 0.0.0.0 means: on the link itself.</summary>
public ref struct DhcpRouteEnumerator
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts before the first route.</summary>
    /// <param name="data">The option's content; of a split option, its pieces joined.</param>
    public DhcpRouteEnumerator(ReadOnlySpan<byte> data) => _rest = data;

    /// <summary>The destination's first address; only its significant octets crossed the network.</summary>
    public IpAddress Destination { get; private set; }

    /// <summary>Bits of the destination's prefix, 0 to 32.</summary>
    public int PrefixLength { get; private set; }

    /// <summary>The router that the current route leads to.</summary>
    public IpAddress Router { get; private set; }

    /// <summary>True when all octets were routes.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Steps to the next route.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || _rest[0] > 32) return false;
        var significant = (_rest[0] + 7) / 8;
        if (_rest.Length < 1 + significant + 4) return false;
        Span<byte> address = [0, 0, 0, 0];
        _rest.Slice(1, significant).CopyTo(address);
        PrefixLength = _rest[0];
        Destination = IpAddress.FromBytes(address);
        Router = IpAddress.FromBytes(_rest.Slice(1 + significant, 4));
        _rest = _rest[(5 + significant)..];
        return true;
    }
}
