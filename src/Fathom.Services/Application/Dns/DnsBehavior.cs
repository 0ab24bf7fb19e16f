namespace Fathom.Services.Application.Dns;

/// <summary>How a running DNS server behaves; it may be changed at any time, and the next query sees it.</summary>
public sealed class DnsBehavior
{
    /// <summary>What it does wrong.</summary>
    public DnsTrouble Trouble { get; set; }
}
