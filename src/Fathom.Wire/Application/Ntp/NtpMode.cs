namespace Fathom.Wire.Application.Ntp;

/// <summary>Who speaks to whom (RFC 5905 figure 10).</summary>
public enum NtpMode : byte
{
    /// <summary>Reserved.</summary>
    Reserved = 0,

    /// <summary>A peer that wants to synchronize, and be synchronized with.</summary>
    SymmetricActive = 1,

    /// <summary>The answer to it.</summary>
    SymmetricPassive = 2,

    /// <summary>A client's question.</summary>
    Client = 3,

    /// <summary>A server's answer.</summary>
    Server = 4,

    /// <summary>A server to everybody on the link.</summary>
    Broadcast = 5,

    /// <summary>A control message, as ntpq sends it (RFC 9327).</summary>
    Control = 6,

    /// <summary>For private use: ntpdc's, which attackers used to amplify traffic.</summary>
    Private = 7,
}
