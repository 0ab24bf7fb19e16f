namespace Fathom.Wire.Application.Urls;

/// <summary>The parts that can be set, with the names and the meaning of the standard's API (URL Standard §6.1).</summary>
public enum UrlPart
{
    /// <summary>The whole URL.</summary>
    Href,

    /// <summary>The scheme and ':'.</summary>
    Protocol,

    /// <summary>The user's name.</summary>
    Username,

    /// <summary>What stands behind the colon of the user information; encoded.</summary>
    Password,

    /// <summary>Host, and port if it is not the scheme's own.</summary>
    Host,

    /// <summary>The host alone.</summary>
    Hostname,

    /// <summary>The port in digits; empty where it is the scheme's own.</summary>
    Port,

    /// <summary>The path, with its first slash where it is a hierarchical one.</summary>
    Pathname,

    /// <summary>'?' and the query.</summary>
    Search,

    /// <summary>'#' and the fragment.</summary>
    Hash,
}
