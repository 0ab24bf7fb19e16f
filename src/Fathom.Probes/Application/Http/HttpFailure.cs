namespace Fathom.Probes.Application.Http;

/// <summary>Why a request brought no response, and at which layer.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Detail">One phrase for a person; text of the peer is in it only escaped.</param>
public sealed record HttpFailure(HttpFailureKind Kind, string Detail)
{
    /// <summary>The layer that it happened at: "internet", "transport" or "application".</summary>
    public string Layer => Kind switch
    {
        HttpFailureKind.Unreachable => "internet",
        HttpFailureKind.Refused or HttpFailureKind.ConnectTimedOut => "transport",
        _ => "application",
    };

    /// <summary>True for what may be gone at the next attempt.</summary>
    public bool MayPass => Kind is HttpFailureKind.NameUnanswered or HttpFailureKind.Refused or HttpFailureKind.ConnectTimedOut or HttpFailureKind.Unreachable
        or HttpFailureKind.TimedOut or HttpFailureKind.Truncated;
}
