using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>Captive portals: somebody of this network answers instead of the target.</summary>
internal static class PortalCauses
{
    private const string LogIn = "Open any page in a browser and log in to the network.";

    /// <summary>Judges by a control: the answer to the same question at an address where nobody is.</summary>
    /// <param name="target">The target's host.</param>
    /// <param name="first">What came in the target's name.</param>
    /// <param name="control">What came from where nobody is; null: nothing, and then it is no portal of this kind.</param>
    public static Finding? Judge(string target, PortalAnswerSeen first, PortalAnswerSeen? control)
    {
        if (control is null) return null;
        var leadsAlike = first.LeadsTo is { } to && to == control.LeadsTo;
        var isSame = first.IsSuccess && control.IsSuccess && first.Form.Length > 0 && first.Form == control.Form;
        var isCertain = leadsAlike || isSame || (first.Says511 && control.Says511) || (first.HasWisprMark && control.HasWisprMark);
        var isLikely = first.IsSuccess && control.IsSuccess && first.Title.Length > 0 && first.Title == control.Title;
        if (!isCertain && !isLikely) return null;
        var where = leadsAlike ? $", and leads to {TextSanitizer.Escape(first.Head.Fields.First("Location")!)}" : string.Empty;
        return new Finding(Causes.HttpCaptivePortal, Severity.Fail, Stage.Http,
            $"A captive portal answers instead of {target}: {(isCertain ? "the same answer" : "a page of the same title")} comes from an address where nobody is{where}.", [.. first.Evidence, .. control.Evidence])
        {
            Confidence = isCertain ? Confidence.Certain : Confidence.Likely,
            Fix = LogIn,
            Alternatives = isCertain ? [] : [new Alternative(Causes.HttpUpstreamError, "Read both pages: a proxy on the way answers with one of its own for a host that it does not reach.")],
        };
    }

    /// <summary>
    /// Judges a portal that works by DNS: one address of this network has the target's name and one that cannot exist (RFC 6761 §6.4), and a web server answers there. Never certain: the resolver
    /// may lie for a reason of its own.
    /// </summary>
    /// <param name="target">The target's host.</param>
    /// <param name="address">Its address, one of this network.</param>
    /// <param name="impossible">What the name that cannot exist got; null where it was not asked.</param>
    /// <param name="first">What came in the target's name.</param>
    public static Finding? JudgeName(string target, IpAddress address, DnsExchangeOutcome? impossible, PortalAnswerSeen first)
    {
        if (impossible is not DnsExchangeOutcome.Answered answered || !AliasChain.Follow(answered.Message, answered.Question).Addresses.Contains(address)) return null;
        return new Finding(Causes.HttpCaptivePortal, Severity.Fail, Stage.Http,
            $"A captive portal answers instead of {target}: {answered.Server.Address} answers {address}, which is of this network, for {target} as for a name that cannot exist, and a web server is there.",
            [.. answered.Evidence, .. first.Evidence])
        {
            Confidence = Confidence.Likely,
            Fix = LogIn,
            Alternatives = [new Alternative(Causes.DnsHijacked, "Open the page: a portal's asks to log in. Or ask another resolver: a portal often answers in its place, a resolver that lies does not.")],
        };
    }
}
