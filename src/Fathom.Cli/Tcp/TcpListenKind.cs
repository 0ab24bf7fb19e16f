namespace Fathom.Cli.Tcp;

/// <summary>What a listener does with what clients send.</summary>
internal enum TcpListenKind
{
    /// <summary>It is printed, line by line, escaped.</summary>
    Print = 0,

    /// <summary>It is sent back.</summary>
    Echo,

    /// <summary>It is thrown away.</summary>
    Discard,

    /// <summary>It is written to standard output as it is.</summary>
    Raw,
}
