using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>The TCP connections of a capture. The one that was silent longest is forgotten for a new one.</summary>
internal sealed class StreamTable
{
    // Each keeps at most a window for each direction, and almost all keep nothing: memory stays bounded whatever the capture holds.
    private const int MaxConnections = 4096;

    private readonly Dictionary<ConnectionKey, LinkedListNode<Connection>> _connections = [];
    private readonly LinkedList<Connection> _latestFirst = [];

    /// <summary>Takes a segment, and dissects what it carries together with what came before.</summary>
    internal StreamSummary Dissect(DissectionContext context, TcpSegment tcp, IpEnvelope envelope, Place payload, IpRoute route)
    {
        var key = ConnectionKey.Of(new IpEndpoint(envelope.Source, tcp.SourcePort), new IpEndpoint(envelope.Destination, tcp.DestinationPort), out var isFromLower);
        var connection = Find(key);
        if ((tcp.Flags & TcpFlags.Syn) != 0)
        {
            var known = isFromLower ? connection.InitialOfLower : connection.InitialOfUpper;
            if (known is { } old && old != tcp.SequenceNumber) connection = Renew(key);
            if (isFromLower) connection.InitialOfLower = tcp.SequenceNumber;
            else connection.InitialOfUpper = tcp.SequenceNumber;
        }

        var (own, other) = isFromLower ? (connection.FromLower, connection.FromUpper) : (connection.FromUpper, connection.FromLower);
        if ((tcp.Flags & TcpFlags.Ack) != 0) other.OnAcknowledged(tcp.AcknowledgmentNumber);
        return own.Accept(context, tcp, payload, route);
    }

    /// <summary>True if the packet is a segment of a connection that is remembered.</summary>
    internal bool Knows(in DecodedPacket packet) => _connections.Count > 0 && packet.Has(PacketLayers.Tcp) && _connections.ContainsKey(KeyOf(in packet));

    /// <summary>Forgets the packet's connection if no message is under way in it.</summary>
    internal void ForgetAtRest(in DecodedPacket packet)
    {
        if (!packet.Has(PacketLayers.Tcp) || !_connections.TryGetValue(KeyOf(in packet), out var node) || !node.Value.IsAtRest) return;
        _latestFirst.Remove(node);
        _connections.Remove(node.Value.Key);
    }

    private static ConnectionKey KeyOf(in DecodedPacket packet)
    {
        var tcp = packet.Tcp;
        return ConnectionKey.Of(new IpEndpoint(packet.Source, tcp.SourcePort), new IpEndpoint(packet.Destination, tcp.DestinationPort), out _);
    }

    private Connection Find(ConnectionKey key)
    {
        if (_connections.TryGetValue(key, out var node))
        {
            if (node != _latestFirst.First)
            {
                _latestFirst.Remove(node);
                _latestFirst.AddFirst(node);
            }

            return node.Value;
        }

        if (_connections.Count >= MaxConnections && _latestFirst.Last is { } oldest)
        {
            _latestFirst.RemoveLast();
            _connections.Remove(oldest.Value.Key);
        }

        var connection = new Connection(key);
        _connections[key] = _latestFirst.AddFirst(connection);
        return connection;
    }

    private Connection Renew(ConnectionKey key)
    {
        var node = _connections[key];
        return node.Value = new Connection(key);
    }
}
