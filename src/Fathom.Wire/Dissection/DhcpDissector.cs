using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>DHCPv4 (RFC 2131), and the BOOTP that has the same form.</summary>
internal sealed class DhcpDissector : IApplicationDissector
{
    private const int Cookie = 4;

    private DhcpDissector()
    {
    }

    internal static DhcpDissector Instance { get; } = new();

    public string Protocol => "dhcp";

    public string Name => "DHCP";

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        if (payload[0] is not (1 or 2))
        {
            fault = default;
            return false;
        }

        layer.AddFields(DhcpMessage.Layout, payload, Format);
        layer.HeaderLength = layer.Length = payload.Length;
        AddFixed(layer, payload);
        if (!DhcpMessage.TryRead(payload, out var message, out fault))
        {
            summary = "message that is cut";
            return true;
        }

        if (message.HasOptions)
        {
            layer.AddOctets("magicCookie", DhcpMessage.FixedLength, Cookie, DhcpMessage.MagicCookie, "DHCP options follow", "RFC 2131 §3");
            fault = DhcpOptionDissector.Add(layer, message);
        }
        else if (payload.Length > DhcpMessage.FixedLength)
        {
            layer.AddOctets("vend", DhcpMessage.FixedLength, payload.Length - DhcpMessage.FixedLength, null, FieldText.Bytes(payload[DhcpMessage.FixedLength..]), "RFC 951 §3");
        }

        summary = Summarize(message);
        return true;
    }

    private static void AddFixed(LayerWriter layer, ReadOnlySpan<byte> payload)
    {
        const byte Ethernet = 1;
        const int AddressOffset = 28, AddressRoom = 16;
        if (payload.Length < AddressOffset + AddressRoom) return;
        var address = payload.Slice(AddressOffset, AddressRoom)[..Math.Min((int)payload[2], AddressRoom)];
        layer.SetText("chaddr", payload[1] == Ethernet && address.Length == MacAddress.Length ? MacAddress.FromBytes(address).ToString() : FieldText.Bytes(address));
        if (payload.Length < DhcpMessage.FixedLength) return;
        layer.SetText("sname", NameText(payload.Slice(DhcpMessage.ServerNameOffset, DhcpMessage.ServerNameLength)));
        layer.SetText("file", NameText(payload.Slice(DhcpMessage.BootFileOffset, DhcpMessage.BootFileLength)));
    }

    // A name ends at the first zero; options in its place are shown with the options.
    private static string NameText(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var name = end < 0 ? field : field[..end];
        return name.IsEmpty ? "none" : TlsExtensionDissector.Text(name);
    }

    private static string Summarize(DhcpMessage message)
    {
        var type = message.MessageType;
        var text = type == DhcpMessageType.None ? message.Operation == DhcpOperation.Request ? "BOOTP request" : "BOOTP reply" : type.ToText();
        if (message.ClientMac is { } mac) text += $" of {mac}";
        if (!message.YourAddress.IsUnspecified) text += $": {message.YourAddress}";
        else if (RequestedAddress(message) is { IsUnspecified: false } wanted) text += $" for {wanted}";
        else if (!message.ClientAddress.IsUnspecified) text += $" for {message.ClientAddress}";
        return text + FieldText.Invariant($" xid=0x{message.TransactionId:x8}");
    }

    private static IpAddress? RequestedAddress(DhcpMessage message)
    {
        foreach (var option in message.EnumerateOptions())
        {
            if (option.Code == DhcpOptionCode.RequestedAddress && option.TryGetAddress(out var address)) return address;
        }

        return null;
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "op" => value == 1 ? "request (1)" : "reply (2)",
        "htype" => value == 1 ? "Ethernet (1)" : null,
        "hlen" => FieldText.Octets(value),
        "xid" => FieldText.Hex(value, 8),
        "secs" => FieldText.Invariant($"{value} s"),
        "ciaddr" or "yiaddr" or "siaddr" or "giaddr" => FieldText.Address4(value),
        _ => null,
    };
}
