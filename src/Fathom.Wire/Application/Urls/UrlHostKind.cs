namespace Fathom.Wire.Application.Urls;

/// <summary>What a URL's host is (URL Standard §3.1).</summary>
public enum UrlHostKind
{
    /// <summary>There is none: "mailto:ann@shop.example".</summary>
    None,

    /// <summary>It is there and empty: "file:///etc/hosts".</summary>
    Empty,

    /// <summary>A domain name in ASCII.</summary>
    Domain,

    /// <summary>An IPv4 address.</summary>
    V4,

    /// <summary>An IPv6 address, in brackets.</summary>
    V6,

    /// <summary>Text that a scheme which is not special may use as it likes.</summary>
    Opaque,
}
