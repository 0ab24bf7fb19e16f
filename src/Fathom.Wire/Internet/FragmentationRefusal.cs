namespace Fathom.Wire.Internet;

/// <summary>Why a packet was not cut into fragments.</summary>
public enum FragmentationRefusal : byte
{
    /// <summary>It was.</summary>
    None = 0,

    /// <summary>The bytes are no whole packet of this version.</summary>
    Unreadable,

    /// <summary>The sender forbids it (RFC 791 §3.1: don't fragment). A router answers "fragmentation needed", with its MTU.</summary>
    DontFragment,

    /// <summary>The MTU is smaller than every link of this version must have.</summary>
    MtuTooSmall,

    /// <summary>The first fragment would not hold the headers up to the upper layer's (RFC 8200 §4.5, RFC 7112 §5).</summary>
    HeadersTooLong,

    /// <summary>The packet is a fragment already, and only its sender may cut an IPv6 packet.</summary>
    AlreadyFragment,

    /// <summary>The pieces would reach past the largest packet.</summary>
    TooLong,
}
