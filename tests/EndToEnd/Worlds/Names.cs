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

    public const string Nonexistent = "nosuch.good.test";

    /// <summary>A zone whose only authoritative server answers SERVFAIL.</summary>
    public const string ServFail = "www.servfail.test";
}
