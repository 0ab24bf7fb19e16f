using System.Buffers.Binary;
using Fathom.Wire.Application.Quic;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>
/// QUIC (RFC 9000, RFC 9369): the long headers of one datagram's packets, whose payloads are encrypted. A short header is told as such only
/// behind a long one: alone it looks like anything.
/// </summary>
internal sealed class QuicDissector : IRecognizingDissector
{
    // A datagram of 64 KiB has room for no more honest ones.
    private const int MaxPackets = 32;

    private QuicDissector()
    {
    }

    internal static QuicDissector Instance { get; } = new();

    public string Protocol => "quic";

    public string Name => "QUIC";

    /// <summary>True for a whole packet of a known version.</summary>
    public bool Recognizes(IpProtocol transport, ReadOnlySpan<byte> payload)
        => transport == IpProtocol.Udp && QuicLongHeader.TryRead(payload, out var packet, out _) && packet.FixedBit && QuicVersion.IsKnown(packet.Version);

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        if (!IsQuic(payload)) return false;
        layer.HeaderLength = layer.Length = payload.Length;
        var notes = new List<string>();
        var at = 0;
        while (at < payload.Length && notes.Count < MaxPackets)
        {
            var rest = payload[at..];
            if ((rest[0] & 0x80) == 0)
            {
                AddShort(layer, rest, at, notes);
                break;
            }

            layer.AddFields(QuicLongHeader.Layout, rest, Format, at);
            if (!QuicLongHeader.TryRead(rest, out var packet, out var error))
            {
                fault = error with { Offset = error.Offset + at };
                break;
            }

            AddLong(layer, packet, at);
            notes.Add(Note(packet));
            at += packet.Bytes.Length;
        }

        summary = string.Join(", ", notes);
        if (summary.Length == 0) summary = "packet that cannot be read";
        return true;
    }

    // On its port also a negotiation, which names no version by itself, and a packet that is cut.
    private static bool IsQuic(ReadOnlySpan<byte> payload)
    {
        const int VersionEnd = 5;
        if (payload.Length < VersionEnd + 1 || (payload[0] & 0x80) == 0) return false;
        var version = BinaryPrimitives.ReadUInt32BigEndian(payload[1..]);
        if (version != QuicVersion.Negotiation) return QuicVersion.IsKnown(version) && (payload[0] & 0x40) != 0;
        if (!QuicLongHeader.TryRead(payload, out var packet, out _) || packet.Payload.IsEmpty) return false;
        for (var i = 0; i < packet.Payload.Length; i += 4)
        {
            var offered = BinaryPrimitives.ReadUInt32BigEndian(packet.Payload[i..]);
            if (QuicVersion.IsKnown(offered)) return true;
        }

        return false;
    }

    private static void AddLong(LayerWriter layer, QuicLongHeader packet, int at)
    {
        const int DestinationIdAt = 6;
        var type = packet.Type;
        if (type == QuicPacketType.VersionNegotiation) layer.SetLastText("packetType", "unused in a version negotiation");
        else layer.SetLastText("packetType", FieldText.Named(TypeText(type), packet.TypeBits));
        if (type is not (QuicPacketType.VersionNegotiation or QuicPacketType.Retry)) layer.SetLastText("typeSpecific", "hidden by header protection");
        AddId(layer, "destinationConnectionId", packet.DestinationConnectionId, at + DestinationIdAt);
        var sourceAt = at + DestinationIdAt + packet.DestinationConnectionIdLength;
        layer.AddOctets("sourceConnectionIdLength", sourceAt, 1, (ulong)packet.SourceConnectionId.Length, FieldText.Octets((ulong)packet.SourceConnectionId.Length), "RFC 8999 §5.1");
        AddId(layer, "sourceConnectionId", packet.SourceConnectionId, sourceAt + 1);
        var end = sourceAt + 1 + packet.SourceConnectionId.Length;
        switch (type)
        {
            case QuicPacketType.VersionNegotiation:
                for (var i = 0; i < packet.Payload.Length; i += 4)
                {
                    var version = BinaryPrimitives.ReadUInt32BigEndian(packet.Payload[i..]);
                    layer.AddOctets("supportedVersion", at + packet.HeaderLength + i, 4, version, QuicVersion.ToText(version), "RFC 8999 §6");
                }

                return;
            case QuicPacketType.Retry:
                if (!packet.Token.IsEmpty) layer.AddOctets("token", end, packet.Token.Length, null, FieldText.Bytes(packet.Token), "RFC 9000 §17.2.5");
                layer.AddOctets("integrityTag", at + packet.HeaderLength, packet.Payload.Length, null, FieldText.Bytes(packet.Payload), "RFC 9001 §5.8");
                return;
            case QuicPacketType.Unknown:
                return;
        }

        if (type == QuicPacketType.Initial)
        {
            _ = QuicVarint.TryRead(packet.Bytes[(end - at)..], out var tokenLength, out var octets);
            layer.AddOctets("tokenLength", end, octets, tokenLength, FieldText.Octets(tokenLength), "RFC 9000 §17.2.2");
            if (!packet.Token.IsEmpty) layer.AddOctets("token", end + octets, packet.Token.Length, null, FieldText.Bytes(packet.Token), "RFC 9000 §17.2.2");
            end += octets + packet.Token.Length;
        }

        layer.AddOctets("length", end, at + packet.HeaderLength - end, (ulong)packet.Payload.Length, FieldText.Octets((ulong)packet.Payload.Length), "RFC 9000 §17.2");
        if (!packet.Payload.IsEmpty)
            layer.AddOctets("protectedPayload", at + packet.HeaderLength, packet.Payload.Length, null, $"packet number and payload, {FieldText.Octets((ulong)packet.Payload.Length)}, encrypted", "RFC 9001 §5");
    }

    private static void AddShort(LayerWriter layer, ReadOnlySpan<byte> rest, int at, List<string> notes)
    {
        // Zeros behind the last packet are padding outside of it, which some senders add.
        if (!rest.ContainsAnyExcept((byte)0))
        {
            layer.AddOctets("padding", at, rest.Length, null, FieldText.Octets((ulong)rest.Length), "RFC 9000 §14.1");
            return;
        }

        layer.Add(new FieldSpec("headerForm", 8 * at, 1, "RFC 8999 §5.2"), 0, "short");
        layer.AddOctets("protectedPayload", at, rest.Length, null, $"{FieldText.Octets((ulong)rest.Length)}, encrypted", "RFC 9000 §17.3.1");
        notes.Add("protected");
    }

    private static void AddId(LayerWriter layer, string name, ReadOnlySpan<byte> id, int at)
    {
        if (!id.IsEmpty) layer.AddOctets(name, at, id.Length, null, Convert.ToHexStringLower(id), "RFC 8999 §5.3");
    }

    private static string Note(QuicLongHeader packet)
    {
        if (packet.Type == QuicPacketType.VersionNegotiation) return FieldText.Invariant($"version negotiation ({packet.Payload.Length / 4} versions)");
        return FieldText.Invariant($"{TypeText(packet.Type)} version {QuicVersion.ToText(packet.Version)} dcid={Id(packet.DestinationConnectionId)} scid={Id(packet.SourceConnectionId)}");
    }

    private static string Id(ReadOnlySpan<byte> id) => id.IsEmpty ? "none" : Convert.ToHexStringLower(id);

    private static string TypeText(QuicPacketType type) => type switch
    {
        QuicPacketType.Initial => "Initial",
        QuicPacketType.ZeroRtt => "0-RTT",
        QuicPacketType.Handshake => "Handshake",
        QuicPacketType.Retry => "Retry",
        QuicPacketType.VersionNegotiation => "version negotiation",
        _ => "unknown",
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "headerForm" => value == 1 ? "long" : "short",
        "version" => QuicVersion.ToText((uint)value),
        "destinationConnectionIdLength" => FieldText.Octets(value),
        _ => null,
    };
}
