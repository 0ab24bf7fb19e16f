using Fathom.Hosts;
using Fathom.Services.Transport;

namespace Fathom.Lab.Application;

/// <summary>The small services by name.</summary>
internal static class SmallServices
{
    public static (ushort Port, IStreamService Stream, IDatagramService Datagram) Of(string name, INetworkHost host) => name switch
    {
        "echo" => (7, new EchoService(), new EchoDatagramService()),
        "discard" => (9, new DiscardService(), new DiscardDatagramService()),
        "daytime" => (13, new DaytimeService(host), new DaytimeDatagramService(host)),
        "chargen" => (19, new ChargenService(), new ChargenDatagramService()),
        _ => throw new ArgumentException($"There is no service '{name}'.", nameof(name)),
    };
}
