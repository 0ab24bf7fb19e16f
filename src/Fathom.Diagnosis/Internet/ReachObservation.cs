using Fathom.Hosts;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Internet;

/// <summary>What echo requests showed of an address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Refusal">Why no echo could be sent; null where it could.</param>
/// <param name="Echoes">The outcomes, in order of sending.</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record ReachObservation(IpAddress Address, HostRefusal? Refusal, IReadOnlyList<EchoOutcome> Echoes, IReadOnlyList<string> Evidence)
{
    public EchoOutcome.Answered? Answer => Echoes.OfType<EchoOutcome.Answered>().FirstOrDefault();

    public EchoOutcome.Failed? Error => Echoes.OfType<EchoOutcome.Failed>().FirstOrDefault();

    public bool IsAlive => Answer is not null;
}
