namespace Fathom.Wire.Application.Urls;

/// <summary>Where the parts stand in a serialized URL, and what cannot be read off it.</summary>
internal struct UrlLayout
{
    /// <summary>The ':' after the scheme.</summary>
    public int SchemeEnd;

    /// <summary>The user name's end. It begins after "://", where there is an authority.</summary>
    public int UsernameEnd;

    /// <summary>The host's begin, after '@'; equal to <see cref="UsernameEnd"/> where there are no credentials.</summary>
    public int HostStart;

    /// <summary>The host's end.</summary>
    public int HostEnd;

    /// <summary>The end of the port, or of the host, or of the scheme's ':' where there is no authority.</summary>
    public int AuthorityEnd;

    /// <summary>The path's begin. Between <see cref="AuthorityEnd"/> and it there can be "/.", which is no part of the path.</summary>
    public int PathStart;

    /// <summary>The '?', or -1.</summary>
    public int QueryStart;

    /// <summary>The '#', or -1.</summary>
    public int FragmentStart;

    /// <summary>The port, or -1 for none or the scheme's own.</summary>
    public int Port;

    public UrlHostKind HostKind;

    public bool HasOpaquePath;

    public readonly bool HasAuthority => HostKind != UrlHostKind.None;
}
