using Fathom.Hosts.Transport;
using Fathom.Stack.Transport.Tcp;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>The stack's states in RFC 9293's words.</summary>
internal static class TcpStateNames
{
    public static string Of(TcpState state) => state switch
    {
        TcpState.Listen => TcpStates.Listen,
        TcpState.SynSent => TcpStates.SynSent,
        TcpState.SynReceived => TcpStates.SynReceived,
        TcpState.Established => TcpStates.Established,
        TcpState.FinWait1 => TcpStates.FinWait1,
        TcpState.FinWait2 => TcpStates.FinWait2,
        TcpState.CloseWait => TcpStates.CloseWait,
        TcpState.Closing => TcpStates.Closing,
        TcpState.LastAck => TcpStates.LastAck,
        TcpState.TimeWait => TcpStates.TimeWait,
        _ => TcpStates.Closed,
    };
}
