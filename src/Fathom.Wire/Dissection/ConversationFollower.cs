using Fathom.Wire.Dissection.Streams;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>
/// Follows one conversation of a capture, TCP or UDP: what each side said, fragments and segments put together, in the order in which it
/// became whole. A TCP connection that begins anew between the same endpoints is another conversation. Not safe for several threads at once.
/// </summary>
public sealed class ConversationFollower
{
    private readonly ConnectionKey _key;
    private readonly IpReassembler _datagrams = new();
    private Side _lower = new();
    private Side _upper = new();
    private bool _isFirstKnown;
    private bool _isLowerFirst;
    private TimeSpan _now;

    private ConversationFollower(IpProtocol protocol, ConnectionKey key)
    {
        Protocol = protocol;
        _key = key;
    }

    /// <summary>TCP or UDP.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Who spoke first: the sender of the SYN, or of the first packet seen.</summary>
    public IpEndpoint First => _isLowerFirst || !_isFirstKnown ? _key.Lower : _key.Upper;

    /// <summary>The other side.</summary>
    public IpEndpoint Second => First == _key.Lower ? _key.Upper : _key.Lower;

    /// <summary>How many connections between these endpoints began before this one; 0 for UDP.</summary>
    public int Incarnation { get; private set; }

    /// <summary>Packets of the conversation so far.</summary>
    public int Packets { get; private set; }

    /// <summary>Names the conversation that a packet belongs to.</summary>
    /// <param name="linkType">What the frame begins with, see <see cref="LinkType"/>.</param>
    /// <param name="frame">The frame's octets.</param>
    /// <param name="follower">A follower to which all packets are then given, from the first on; or null.</param>
    /// <returns>False where the packet is neither TCP nor UDP, or a fragment without ports.</returns>
    public static bool TryCreate(int linkType, ReadOnlySpan<byte> frame, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ConversationFollower? follower)
    {
        follower = null;
        if (!PacketFacts.TryRead(linkType, frame, out var facts) || !facts.HasPorts || facts.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp)) return false;
        follower = new ConversationFollower(facts.Protocol, ConnectionKey.Of(facts.SourceEndpoint, facts.DestinationEndpoint, out _));
        return true;
    }

    /// <summary>Takes the next packet of the capture.</summary>
    /// <param name="linkType">What the frame begins with.</param>
    /// <param name="frame">The frame's octets.</param>
    /// <param name="number">The packet's number.</param>
    /// <param name="time">When it was captured; null where nobody knows.</param>
    /// <returns>What it added to the conversation, in order; null where it is not of the conversation.</returns>
    public IReadOnlyList<ConversationPiece>? Accept(int linkType, ReadOnlySpan<byte> frame, int number, TimeSpan? time)
    {
        if (!PacketFacts.TryRead(linkType, frame, out var facts)) return null;
        if (!facts.IsFragment) return Take(facts, frame, number);
        if (frame.Length - facts.IpOffset < facts.IpLength) return null;
        if (time is { } now && now > _now) _now = now;
        _ = _datagrams.HandleDeadline(_now);
        return _datagrams.Accept(frame[facts.IpOffset..], _now) is ReassemblyOutcome.Completed whole && PacketFacts.TryRead(LinkType.RawIp, whole.Packet.Span, out var inner)
            ? Take(inner, whole.Packet.Span, number)
            : null;
    }

    private IReadOnlyList<ConversationPiece>? Take(PacketFacts facts, ReadOnlySpan<byte> bytes, int number)
    {
        if (facts.Protocol != Protocol || !facts.HasPorts || ConnectionKey.Of(facts.SourceEndpoint, facts.DestinationEndpoint, out var isFromLower) != _key) return null;
        var payload = bytes.Slice(facts.PayloadOffset, facts.PayloadLength);
        if (Protocol == IpProtocol.Tcp && (facts.TcpFlags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn) Begin(isFromLower, facts.TcpSequence);
        if (!_isFirstKnown) (_isFirstKnown, _isLowerFirst) = (true, Protocol == IpProtocol.Tcp && (facts.TcpFlags & TcpFlags.Syn) != 0 ? !isFromLower : isFromLower);
        Packets++;
        var pieces = new List<ConversationPiece>();
        if (Protocol == IpProtocol.Udp)
        {
            if (!payload.IsEmpty) pieces.Add(new ConversationPiece(isFromLower == _isLowerFirst, number, 0, payload.ToArray()));
            return pieces;
        }

        var (own, other) = isFromLower ? (_lower, _upper) : (_upper, _lower);
        // Octets that the other side has acknowledged will not be sent again: what of them is missing, the capture missed.
        if ((facts.TcpFlags & TcpFlags.Ack) != 0) other.GiveUpTo(facts.TcpAcknowledgment, isFromLower != _isLowerFirst, number, pieces);
        own.Accept(facts, payload, isFromLower == _isLowerFirst, number, pieces);
        return pieces;
    }

    private void Begin(bool isFromLower, SequenceNumber initial)
    {
        var side = isFromLower ? _lower : _upper;
        if (side.Initial == initial) return;
        if (_isFirstKnown)
        {
            Incarnation++;
            (_lower, _upper, Packets) = (new Side(), new Side(), 0);
        }

        (isFromLower ? _lower : _upper).Initial = initial;
        (_isFirstKnown, _isLowerFirst) = (true, isFromLower);
    }

    private sealed class Side
    {
        private readonly ObservedStream _stream = new();
        private long _missing;

        internal SequenceNumber? Initial { get; set; }

        internal void Accept(PacketFacts facts, ReadOnlySpan<byte> payload, bool isFromFirst, int number, List<ConversationPiece> pieces)
        {
            if ((facts.TcpFlags & TcpFlags.Rst) != 0) return;
            _ = _stream.Accept(ObservedStream.FirstOctet(facts.TcpSequence, facts.TcpFlags), payload, (facts.TcpFlags & TcpFlags.Fin) != 0, out var lost);
            _missing += lost;
            Hand(isFromFirst, number, pieces);
        }

        internal void GiveUpTo(SequenceNumber acknowledged, bool isFromFirst, int number, List<ConversationPiece> pieces)
        {
            while (_stream.TryGiveUp(acknowledged, out var lost))
            {
                _missing += lost;
                Hand(isFromFirst, number, pieces);
            }
        }

        private void Hand(bool isFromFirst, int number, List<ConversationPiece> pieces)
        {
            if (_stream.Ready == 0) return;
            pieces.Add(new ConversationPiece(isFromFirst, number, _missing, _stream.Take()));
            _missing = 0;
        }
    }
}
