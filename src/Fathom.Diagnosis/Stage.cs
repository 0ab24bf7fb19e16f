namespace Fathom.Diagnosis;

/// <summary>The stages of the walk, in its order (the contract of <c>fathom check</c>).</summary>
public enum Stage
{
    /// <summary>Is there an interface that works?</summary>
    Interface,

    /// <summary>Has it an address of the family needed?</summary>
    Address,

    /// <summary>Is there a route to the target?</summary>
    Route,

    /// <summary>Does the next hop answer on its link?</summary>
    Neighbor,

    /// <summary>Has the name an address?</summary>
    Dns,

    /// <summary>Does anything come back from the target?</summary>
    Reach,

    /// <summary>What is between here and there?</summary>
    Path,

    /// <summary>Does the transport connect?</summary>
    Connect,

    /// <summary>Does TLS agree, and is the certificate good?</summary>
    Tls,

    /// <summary>Is there a good response?</summary>
    Http,

    /// <summary>Are its cookies in order?</summary>
    Cookies,

    /// <summary>Did it end in good order?</summary>
    Close,
}
