using Fathom.Stack;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;

namespace Packetdrill.Playing;

/// <summary>
/// What the endpoint under test is to be: the settings under which scripts of this kind are written (Linux's own, and those of their shared setup), and what a
/// script's shell text changes.
/// </summary>
internal sealed class Configuration(ScriptOptions options)
{
    /// <summary>How TCP behaves.</summary>
    public TcpSettings Tcp { get; set; } = new()
    {
        InitialWindowSegments = 10,
        SynRetries = 5,
        SynAckRetries = 5,
        Ecn = TcpEcnMode.Off,
        RestartAfterIdle = false,
        InitialReceiveBuffer = 65_535,
        MaximumReceiveBuffer = 15 * 1024 * 1024,
        MtuProbing = TcpMtuProbing.Off,
        InitialSendBuffer = 1 << 29,
        MaximumSendBuffer = 1 << 29,

        // Linux passes over an ACK of what was never sent, and takes segments that lack a timestamp.
        AnswersUnsentAcknowledgments = false,
        RequiresTimestamps = false,

        // What is chosen by chance is for strangers; a script is to see the same on every run.
        ChallengeAcksPerSecond = 1000,
    };

    /// <summary>The device cuts large packets into segments; a strict script wants them as they are on the wire.</summary>
    public bool HasSegmentationOffload { get; set; } = !options.IsStrict;

    public int Mtu { get; set; } = options.Mtu;

    /// <summary>Linux would pace what leaves. This stack does not: a script that needs its times is not applicable.</summary>
    public bool IsPaced { get; set; }

    public SendSpace SendSpace { get; set; } = new();

    public int? NotSentLowWatermark { get; set; }

    /// <summary>Files that shell text makes, with their lengths.</summary>
    public Dictionary<string, long> Files { get; } = new(StringComparer.Ordinal);

    public StackOptions ToStackOptions() => new() { Tcp = Tcp };

    public InterfaceOptions ToInterfaceOptions() => new()
    {
        Name = "tun0",
        Medium = InterfaceMedium.PointToPoint,
        Mtu = Mtu,
        Offloads = HasSegmentationOffload ? InterfaceOffloads.Checksum | InterfaceOffloads.SegmentationV4 | InterfaceOffloads.SegmentationV6 : InterfaceOffloads.None,
    };

    public void AddAddresses(NetworkStack stack, NetworkInterface on)
    {
        stack.AddAddress(on, options.Local, options.IsV6 ? 48 : 16);
        stack.Routes.Add(new Fathom.Stack.Internet.Route(new IpPrefix(options.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, 0), on));
    }
}
