using Fathom.Hosts;
using Fathom.Hosts.Link;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Link;

/// <summary>Who has an address on a link.</summary>
/// <param name="Target">The address.</param>
public abstract record WhoHasOutcome(IpAddress Target)
{
    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>A captured answer came.</summary>
    /// <param name="Target">The address.</param>
    /// <param name="Answers">One for each MAC address, in order of arrival.</param>
    public sealed record Answered(IpAddress Target, IReadOnlyList<WhoHasAnswer> Answers) : WhoHasOutcome(Target)
    {
        /// <summary>Two stations have the address: each will get packets that are meant for the other (RFC 5227, RFC 4862 §5.4).</summary>
        public bool IsDuplicate => Answers.Count > 1;
    }

    /// <summary>Nobody answered.</summary>
    /// <param name="Target">The address.</param>
    /// <param name="Questions">How often it was asked.</param>
    public sealed record Unanswered(IpAddress Target, int Questions) : WhoHasOutcome(Target);

    /// <summary>Frames could not be sent or captured: the host asked by itself, and this is what its table then said.</summary>
    /// <param name="Target">The address.</param>
    /// <param name="Neighbor">What came of it. A second station that answered does not show there.</param>
    /// <param name="Refusal">Why no frames.</param>
    public sealed record ByTable(IpAddress Target, NeighborOutcome Neighbor, HostRefusal Refusal) : WhoHasOutcome(Target);

    /// <summary>It cannot be asked on this link.</summary>
    /// <param name="Target">The address.</param>
    /// <param name="Refusal">Why not.</param>
    public sealed record NotMeasured(IpAddress Target, HostRefusal Refusal) : WhoHasOutcome(Target);
}
