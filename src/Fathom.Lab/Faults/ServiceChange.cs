using Fathom.Lab.Application;
using Fathom.Services.Application.Dns;

namespace Fathom.Lab.Faults;

/// <summary>Changes of what services do, each with the way back.</summary>
internal static class ServiceChange
{
    /// <summary>Changes the web servers at a place: all of the host's, or the one at the port that was named.</summary>
    public static FaultEffect Web(FaultPlace place, Func<WebBehavior, WebBehavior> change) => Web(place, static _ => true, "This fault needs a web server.", change);

    /// <summary>Changes those of them that are there for HTTPS.</summary>
    public static FaultEffect Secured(FaultPlace place, Func<WebBehavior, WebBehavior> change)
        => Web(place, static s => s.IsSecured, "This fault needs a web server with HTTPS.", change);

    /// <summary>Changes the resolver at a place.</summary>
    public static FaultEffect Resolver(FaultPlace place, DnsTrouble trouble)
        => Dns(place, static s => s.IsResolver, "This fault needs a resolver: what an authoritative server says is not what its clients' resolver makes of it.", trouble);

    /// <summary>Changes the authoritative server at a place.</summary>
    public static FaultEffect Authority(FaultPlace place, DnsTrouble trouble) => Dns(place, static s => !s.IsResolver, "This fault needs an authoritative DNS server.", trouble);

    /// <summary>Changes the DNS server at a place, of either kind.</summary>
    public static FaultEffect Dns(FaultPlace place, DnsTrouble trouble) => Dns(place, static _ => true, "This fault needs a DNS server.", trouble);

    private static FaultEffect Web(FaultPlace place, Func<WebService, bool> isMeant, string reason, Func<WebBehavior, WebBehavior> change)
    {
        var services = Find(place, isMeant);
        if (services.Count == 0) return reason;
        var before = services.Select(static s => s.Behavior).ToList();
        foreach (var service in services) service.Behavior = change(service.Behavior);
        return (Action)(() =>
        {
            for (var i = 0; i < services.Count; i++) services[i].Behavior = before[i];
        });
    }

    private static FaultEffect Dns(FaultPlace place, Func<DnsService, bool> isMeant, string reason, DnsTrouble trouble)
    {
        var services = Find(place, isMeant);
        if (services.Count == 0) return reason;
        var before = services.Select(static s => s.Behavior.Trouble).ToList();
        foreach (var service in services) service.Behavior.Trouble = trouble;
        return (Action)(() =>
        {
            for (var i = 0; i < services.Count; i++) services[i].Behavior.Trouble = before[i];
        });
    }

    private static List<T> Find<T>(FaultPlace place, Func<T, bool> isMeant)
        where T : LabService
        => [.. place.Host?.Services.OfType<T>().Where(s => (place.ServicePort is not { } port || port == s.Port) && isMeant(s)) ?? []];
}
