namespace Fathom.Lab.Application;

/// <summary>What is wrong with how a web server ends its connections.</summary>
public enum CloseTrouble : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>With a RST behind the response, in place of a FIN.</summary>
    Reset,

    /// <summary>Without close_notify (RFC 8446 §6.1).</summary>
    NoCloseNotify,
}
