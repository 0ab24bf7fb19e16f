using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>Ports: whose they are, and which is chosen where nobody says.</content>
public sealed partial class TcpLayer
{
    // RFC 6056 §3.3.3: a start that is the peer's, and a counter from there.
    private bool TryChoosePort(IpAddress local, ushort wanted, TcpSettings settings, IpEndpoint remote, out FlowKey key, out TcpRefusal refusal)
    {
        refusal = TcpRefusal.None;
        if (wanted != 0)
        {
            key = new FlowKey(new IpEndpoint(local, wanted), remote);
            if (IsFree(key, isNamed: true)) return true;
            refusal = TcpRefusal.AddressInUse;
            return false;
        }

        var count = (uint)(settings.LastClientPort - settings.FirstClientPort + 1);
        var start = _numbers.PortStart(local, remote);
        for (var i = 0u; i < count; i++)
        {
            key = new FlowKey(new IpEndpoint(local, (ushort)(settings.FirstClientPort + ((start + _portCounter++) % count))), remote);
            if (FindListener(key.Local) is null && IsFree(key, isNamed: false)) return true;
        }

        key = default;
        refusal = TcpRefusal.NoPort;
        return false;
    }

    // One in TIME-WAIT may be followed by another (RFC 9293 §3.6.1, MAY-2; RFC 6191 §3).
    private bool IsFree(in FlowKey key, bool isNamed) => !Flows.TryFind(key, out var flow) || (flow is TimeWait waiting && waiting.MayBeFollowed(Now, isNamed));

    private bool TryChooseListeningPort(ref IpEndpoint local)
    {
        var count = (uint)(Settings.LastClientPort - Settings.FirstClientPort + 1);
        var start = _random.NextUInt32(count);
        for (var i = 0u; i < count; i++)
        {
            var candidate = local with { Port = (ushort)(Settings.FirstClientPort + ((start + i) % count)) };
            if (_listeners.ContainsKey(candidate)) continue;
            local = candidate;
            return true;
        }

        return false;
    }

    private bool HasFlowAt(IpEndpoint local)
    {
        foreach (var flow in Flows.All())
        {
            if (flow.Key.Local.Port == local.Port && (local.Address.IsUnspecified || flow.Key.Local.Address == local.Address)) return true;
        }

        return false;
    }
}
