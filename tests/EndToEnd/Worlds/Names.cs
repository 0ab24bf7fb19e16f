namespace Fathom.EndToEnd.Worlds;

/// <summary>The names that exist in the world's DNS, and those that deliberately do not.</summary>
internal static class Names
{
    /// <summary>Both families, everything in order.</summary>
    public const string Www = "www.good.test";

    public const string V4Only = "v4.good.test";
    public const string V6Only = "v6.good.test";

    public const string Expired = "expired.good.test";
    public const string NotYetValid = "notyet.good.test";
    public const string WrongName = "wrong.good.test";
    public const string SelfSigned = "selfsigned.good.test";
    public const string UnknownAuthority = "unknown.good.test";
    public const string MissingIntermediate = "nochain.good.test";
    public const string Old = "old.good.test";
    public const string Escape = "escape.good.test";

    /// <summary>nginx refuses the handshake for this name, with an alert.</summary>
    public const string HandshakeRefused = "refuse.good.test";

    /// <summary>One address that works, one that nobody has.</summary>
    public const string TwoAddresses = "two.good.test";

    /// <summary>Exists, with a TXT record only.</summary>
    public const string TextOnly = "text.good.test";

    /// <summary>So many addresses that a UDP answer of 1,232 bytes cannot hold them.</summary>
    public const string Big = "big.good.test";

    /// <summary>An alias of an alias of itself.</summary>
    public const string AliasLoop = "loop.good.test";

    /// <summary>Does not exist either; where a resolver has an answer, the server has no certificate for it.</summary>
    public const string Portal = "shop.example";

    public const string Nonexistent = "nosuch.good.test";

    /// <summary>In a zone whose only server has it in its configuration, and no data for it: it answers SERVFAIL for this zone.</summary>
    public const string Unloaded = "www.unloaded.test";

    /// <summary>In a zone that is delegated to the server of the zone above, which does not have it.</summary>
    public const string ReferredBack = "www.back.test";

    /// <summary>In a zone whose only server refuses questions for it (REFUSED).</summary>
    public const string Refused = "www.refused.test";

    /// <summary>In a zone whose only server refers to the root.</summary>
    public const string ReferredUpward = "www.upward.test";

    /// <summary>In a zone whose only server is a host that has no nameserver.</summary>
    public const string Closed = "www.closed.test";

    /// <summary>In a zone whose only server never answers.</summary>
    public const string Silent = "www.silent.test";

    /// <summary>In a zone of two servers, of which one refuses questions for it.</summary>
    public const string HalfLame = "www.half.test";

    /// <summary>In a zone whose only server answers SERVFAIL, whatever it is asked.</summary>
    public const string Failing = "www.failing.test";

    /// <summary>In a zone that is in order, and that the resolver's configuration looks for where nobody is.</summary>
    public const string Misdirected = "www.misdirected.test";

    /// <summary>In a zone without signatures, for which the resolver demands them.</summary>
    public const string Unsigned = "www.unsigned.test";
}
