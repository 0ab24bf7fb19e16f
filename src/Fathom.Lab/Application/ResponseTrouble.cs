namespace Fathom.Lab.Application;

/// <summary>What is wrong with a web server's responses.</summary>
public enum ResponseTrouble : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It redirects to where the client comes from.</summary>
    RedirectLoop,

    /// <summary>Half of the content comes, and then the end.</summary>
    Truncated,

    /// <summary>What comes is no HTTP.</summary>
    Malformed,

    /// <summary>It takes the request, and says nothing.</summary>
    Silent,

    /// <summary>It takes three seconds for each answer.</summary>
    Slow,

    /// <summary>It closes the connection when the request has come.</summary>
    Closes,
}
