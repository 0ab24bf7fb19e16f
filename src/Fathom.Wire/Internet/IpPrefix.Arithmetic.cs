using System.Numerics;

namespace Fathom.Wire.Internet;

public readonly partial record struct IpPrefix
{
    /// <summary>The netmask: ones where the network is, 255.255.255.0 for /24.</summary>
    public IpAddress Netmask => Make(Version, Mask(Address.BitLength, Length));

    /// <summary>The wildcard (host) mask: ones where the host is, 0.0.0.255 for /24.</summary>
    public IpAddress Wildcard => Make(Version, HostMask(HostBits));

    /// <summary>How many addresses it has: from 1 to 2^128.</summary>
    public BigInteger Count => BigInteger.One << HostBits;

    /// <summary>The prefix of this address that is one bit shorter, or null for the default route's.</summary>
    public IpPrefix? Parent => Length == 0 ? null : new IpPrefix(Address, Length - 1);

    /// <summary>The other half of <see cref="Parent"/>, or null for the default route's.</summary>
    public IpPrefix? Sibling => Length == 0 ? null : new IpPrefix(Make(Version, Address.Value ^ (UInt128.One << HostBits)), Length);

    /// <summary>The prefix of this address with fewer bits.</summary>
    /// <param name="length">From 0 to <see cref="Length"/>.</param>
    public IpPrefix Supernet(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        return new IpPrefix(Address, length);
    }

    /// <summary>The address at a place: 0 is the first; negative numbers count from the end, -1 being the last.</summary>
    /// <param name="index">The place.</param>
    /// <param name="address">The address, or the default.</param>
    /// <returns>False where the prefix has fewer addresses.</returns>
    public bool TryGetAddress(BigInteger index, out IpAddress address)
    {
        address = default;
        if (index.Sign < 0) index += Count;
        if (index.Sign < 0 || index >= Count) return false;
        address = Make(Version, Address.Value + (UInt128)index);
        return true;
    }

    /// <summary>How many prefixes of a length it has.</summary>
    /// <param name="length">From <see cref="Length"/> to 32 or 128.</param>
    public BigInteger CountOf(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Address.BitLength);
        return BigInteger.One << (length - Length);
    }

    /// <summary>The prefixes of a length, in order, made as they are asked for.</summary>
    /// <param name="length">From <see cref="Length"/> to 32 or 128.</param>
    public IEnumerable<IpPrefix> Split(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Address.BitLength);
        return Enumerate(this, length);

        static IEnumerable<IpPrefix> Enumerate(IpPrefix whole, int length)
        {
            var step = UInt128.One << (whole.Address.BitLength - length); // unused where it would be 2^128: then there is only one
            var last = whole.Last.Value;
            for (var at = whole.Address.Value; ; at += step)
            {
                var part = new IpPrefix(Make(whole.Version, at), length);
                yield return part;
                if (part.Last.Value == last) yield break;
            }
        }
    }

    /// <summary>
    /// The longest length whose prefixes number at least as many as asked: 5 parts of a /24 are taken from its 8 /27.
    /// </summary>
    /// <param name="parts">How many are wanted, from 1.</param>
    /// <param name="length">The length, or 0.</param>
    /// <returns>False where there are not so many addresses.</returns>
    public bool TryGetLengthFor(BigInteger parts, out int length)
    {
        length = 0;
        if (parts.Sign <= 0 || parts > Count) return false;
        length = Length + (int)(parts - 1).GetBitLength();
        return true;
    }

    /// <summary>The longest prefix that contains both; of one version.</summary>
    /// <param name="one">One address.</param>
    /// <param name="other">Another of the same version.</param>
    public static IpPrefix Common(IpAddress one, IpAddress other)
    {
        if (one.Version != other.Version) throw new ArgumentException("Prefixes hold addresses of one version.", nameof(other));
        var differing = 128 - (int)UInt128.LeadingZeroCount(one.Value ^ other.Value);
        return new IpPrefix(one, one.BitLength - differing);
    }
}
