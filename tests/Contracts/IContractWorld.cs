using Fathom.Hosts;
using Fathom.Wire.Internet;

namespace Fathom.Contracts;

/// <summary>Two hosts on one network, for the suites that every <see cref="INetworkHost"/> must pass.</summary>
public interface IContractWorld : IAsyncDisposable
{
    /// <summary>One host.</summary>
    INetworkHost A { get; }

    /// <summary>The other.</summary>
    INetworkHost B { get; }

    /// <summary>The address of <see cref="A"/>.</summary>
    IpAddress AddressOfA(IpVersion version);

    /// <summary>The address of <see cref="B"/>.</summary>
    IpAddress AddressOfB(IpVersion version);

    /// <summary>Routers between the two: each takes one from the hop limit.</summary>
    int RoutersBetween => 0;

    /// <summary>An address that is routed to where nobody answers.</summary>
    IpAddress Silent(IpVersion version);

    /// <summary>An address that no route of <see cref="A"/> leads to.</summary>
    IpAddress Unrouted(IpVersion version);

    /// <summary>How much later than due the clock may run what waits for it: nothing to speak of on a virtual one, what a busy machine needs on a real one.</summary>
    TimeSpan Lateness => TimeSpan.FromMilliseconds(400);

    /// <summary>Runs an action in the hosts' context, to its end.</summary>
    Task RunAsync(Func<Task> action);
}
