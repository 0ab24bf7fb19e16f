namespace Fathom.Wire.Application.Http;

/// <summary>What the first digit of a status says (RFC 9110 §15). A code that is not known counts as x00 of its class.</summary>
public enum HttpStatusClass
{
    /// <summary>No class: the first digit is not 1 to 5.</summary>
    None = 0,

    /// <summary>1xx: the final response follows.</summary>
    Informational = 1,

    /// <summary>2xx: received, understood and done.</summary>
    Successful = 2,

    /// <summary>3xx: more is needed to complete it.</summary>
    Redirection = 3,

    /// <summary>4xx: the request is at fault, says the server.</summary>
    ClientError = 4,

    /// <summary>5xx: the server is at fault, says the server.</summary>
    ServerError = 5,
}
