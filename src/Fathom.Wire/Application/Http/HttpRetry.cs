namespace Fathom.Wire.Application.Http;

/// <summary>What repeating a request could do after a status. Fathom's own advice, from the RFC's descriptions.</summary>
public enum HttpRetry
{
    /// <summary>Nothing failed.</summary>
    Unneeded,

    /// <summary>Only after something in the request, or in what it refers to, was changed: as it is, the answer stays the same.</summary>
    Changed,

    /// <summary>After a while (Retry-After, else longer each time); without being told that it was not processed, only an idempotent method.</summary>
    Later,

    /// <summary>At once, on a new connection; the server did not process it.</summary>
    NewConnection,

    /// <summary>It is of no use.</summary>
    Useless,
}
