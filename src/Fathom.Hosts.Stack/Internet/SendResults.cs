using Fathom.Hosts.Internet;
using Fathom.Stack.Sockets;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Internet;

/// <summary>What became of a datagram, in the port's terms.</summary>
internal static class SendResults
{
    private const int InvalidArgument = 22; // EINVAL

    /// <summary>The options in the stack's terms.</summary>
    public static PacketSendOptions OptionsOf(PacketOptions options) => new(options.HopLimit, options.DontFragment);

    /// <summary>The local error; null where it was sent, or may be when there is room.</summary>
    public static NetworkError? ErrorOf(DatagramSendResult result, IpEndpoint destination, long timestamp) => result switch
    {
        DatagramSendResult.Sent or DatagramSendResult.WouldBlock => null,
        DatagramSendResult.NoRoute => NetworkErrors.Local(NetworkErrors.NetworkUnreachable, destination, timestamp),
        DatagramSendResult.TooLong or DatagramSendResult.ExceedsPathMtu => NetworkErrors.Local(NetworkErrors.MessageSize, destination, timestamp),
        _ => NetworkErrors.Local(InvalidArgument, destination, timestamp),
    };
}
