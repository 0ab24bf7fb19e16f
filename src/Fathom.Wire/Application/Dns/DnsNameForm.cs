namespace Fathom.Wire.Application.Dns;

/// <summary>How a <see cref="DnsWriter"/> writes names.</summary>
internal enum DnsNameForm
{
    /// <summary>With pointers where RFC 3597 §4 allows them.</summary>
    Compressed,

    /// <summary>In full, as they are.</summary>
    Plain,

    /// <summary>In full, in lower case: two names that are equal give equal octets.</summary>
    LowerCase,
}
