using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>DHCPv4's options as fields.</summary>
internal static class DhcpOptionDissector
{
    /// <summary>Adds a field for each option, wherever it stands.</summary>
    /// <returns>The fault at which the options end, or no error.</returns>
    internal static WireError Add(LayerWriter layer, DhcpMessage message)
    {
        if (!layer.KeepsFields) return FaultOf(message);
        // How many pieces an option has (RFC 3396): the first shows the whole, joined once, however many there are.
        Span<ushort> pieces = stackalloc ushort[byte.MaxValue + 1];
        pieces.Clear();
        foreach (var option in message.EnumerateOptions()) pieces[(byte)option.Code]++;
        Span<bool> seen = stackalloc bool[byte.MaxValue + 1];
        seen.Clear();
        var walk = message.EnumerateOptions();
        while (walk.MoveNext())
        {
            var option = walk.Current;
            var (form, spec) = DhcpOptionForms.Of(option.Code);
            var isContinued = seen[(byte)option.Code] && option.Code != DhcpOptionCode.End;
            var text = isContinued ? $"continued: {FieldText.Bytes(option.Data)}" : Text(message, option, form, pieces[(byte)option.Code] > 1);
            seen[(byte)option.Code] = true;
            layer.AddOctets(FieldName(option.Code), option.Offset, option.Bytes.Length, (ulong)option.Code, text, spec);
            if (form == DhcpOptionForm.Relay) AddSubOptions(layer, option);
        }

        return walk.Error;
    }

    private static WireError FaultOf(DhcpMessage message)
    {
        var walk = message.EnumerateOptions();
        while (walk.MoveNext())
        {
        }

        return walk.Error;
    }

    private static string FieldName(DhcpOptionCode code)
    {
        if (!Enum.IsDefined(code)) return "option";
        var name = code.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static FieldWords Text(DhcpMessage message, DhcpOption option, DhcpOptionForm form, bool isSplit)
    {
        if (form == DhcpOptionForm.None) return option.Code == DhcpOptionCode.End ? "end of options" : "present";
        if (isSplit)
        {
            var joined = new byte[message.Bytes.Length];
            if (message.TryGetOption(option.Code, joined, out var length)) return OfContent(joined.AsSpan(0, length), option.Code, form);
        }

        return OfContent(option.Data, option.Code, form);
    }

    private static FieldWords OfContent(ReadOnlySpan<byte> data, DhcpOptionCode code, DhcpOptionForm form)
    {
        FieldWords text = form switch
        {
            DhcpOptionForm.Address when data.Length == 4 => IpAddress.FromBytes(data).ToString(),
            DhcpOptionForm.Addresses when data.Length >= 4 && data.Length % 4 == 0 => Addresses(data),
            DhcpOptionForm.Number when data.Length is 1 or 2 or 4 => BitField.Read(data, 0, 8 * data.Length).ToString(CultureInfo.InvariantCulture),
            DhcpOptionForm.Seconds when data.Length == 4 => FieldText.Seconds(BinaryPrimitives.ReadUInt32BigEndian(data)),
            DhcpOptionForm.Signed when data.Length == 4 => FieldText.Invariant($"{BinaryPrimitives.ReadInt32BigEndian(data)} s"),
            DhcpOptionForm.Flag when data.Length == 1 && data[0] <= 1 => data[0] == 1 ? "yes" : "no",
            DhcpOptionForm.Text => TlsExtensionDissector.Text(data.TrimEnd((byte)0)),
            DhcpOptionForm.Overload when data.Length == 1 => data[0] switch { 1 => "file", 2 => "sname", 3 => "file and sname", _ => null },
            DhcpOptionForm.MessageType when data.Length == 1 => FieldText.Named(((DhcpMessageType)data[0]).ToText(), data[0]),
            DhcpOptionForm.Codes => Codes(data),
            DhcpOptionForm.ClientIdentifier when data.Length > 1 => ClientIdentifier(data),
            DhcpOptionForm.DomainName when data.Length >= 3 => DomainName(data),
            DhcpOptionForm.Architecture when data.Length >= 2 && data.Length % 2 == 0 => Architectures(data),
            DhcpOptionForm.Guid when data.Length == 17 && data[0] == 0 => new Guid(data[1..]).ToString(),
            DhcpOptionForm.Names => DhcpNames.Text(data),
            DhcpOptionForm.SipServers when data.Length > 1 => data[0] == 0 ? DhcpNames.Text(data[1..]) : data[0] == 1 && data.Length % 4 == 1 ? Addresses(data[1..]) : null,
            DhcpOptionForm.Routes => Routes(data),
            _ => null,
        };
        return text.Or(Enum.IsDefined(code) ? FieldText.Bytes(data) : FieldText.Invariant($"option {(byte)code}: {FieldText.Bytes(data)}"));
    }

    private static string Addresses(ReadOnlySpan<byte> data)
    {
        var items = new List<string>();
        for (; data.Length >= 4; data = data[4..]) items.Add(IpAddress.FromBytes(data[..4]).ToString());
        return string.Join(", ", items);
    }

    private static string Codes(ReadOnlySpan<byte> data)
    {
        var items = new List<string>();
        foreach (var code in data) items.Add(FieldText.Named(FieldName((DhcpOptionCode)code), code).ToString());
        return string.Join(", ", items);
    }

    private static string ClientIdentifier(ReadOnlySpan<byte> data)
    {
        const byte Ethernet = 1, NodeSpecific = 255;
        if (data[0] == Ethernet && data.Length == 1 + MacAddress.Length) return MacAddress.FromBytes(data[1..]).ToString();
        if (data[0] == NodeSpecific && data.Length > 5) return FieldText.Invariant($"IAID 0x{BinaryPrimitives.ReadUInt32BigEndian(data[1..]):x8}, DUID {Dhcpv6Duid.ToText(data[5..])}");
        return data[0] == 0 ? TlsExtensionDissector.Text(data[1..]) : FieldText.Bytes(data);
    }

    private static string DomainName(ReadOnlySpan<byte> data)
    {
        // RFC 4702 §2.1: S the server updates the A record, O against the client's wish, E the name has DNS's form, N no update.
        var flags = string.Concat((data[0] & 8) != 0 ? "N" : "", (data[0] & 4) != 0 ? "E" : "", (data[0] & 2) != 0 ? "O" : "", (data[0] & 1) != 0 ? "S" : "");
        var name = data[3..];
        var text = (data[0] & 4) != 0 ? DhcpNames.Text(name) ?? FieldText.Bytes(name) : TlsExtensionDissector.Text(name);
        return $"{(text.Length == 0 ? "no name" : text)}{(flags.Length > 0 ? $" (flags {flags})" : "")}";
    }

    private static string Architectures(ReadOnlySpan<byte> data)
    {
        var items = new List<string>();
        for (; data.Length >= 2; data = data[2..]) items.Add(ArchitectureText(BinaryPrimitives.ReadUInt16BigEndian(data)));
        return string.Join(", ", items);
    }

    // IANA "Processor Architecture Types", those that are met.
    private static string ArchitectureText(ushort type) => type switch
    {
        0 => "x86 BIOS (0)",
        6 => "x86 UEFI (6)",
        7 => "x64 UEFI (7)",
        9 => "EBC (9)",
        10 => "ARM 32-bit UEFI (10)",
        11 => "ARM 64-bit UEFI (11)",
        15 => "x86 UEFI boot from HTTP (15)",
        16 => "x64 UEFI boot from HTTP (16)",
        18 => "ARM 32-bit UEFI boot from HTTP (18)",
        19 => "ARM 64-bit UEFI boot from HTTP (19)",
        27 => "RISC-V 64-bit UEFI (27)",
        _ => FieldText.Invariant($"architecture {type}"),
    };

    private static string? Routes(ReadOnlySpan<byte> data)
    {
        var items = new List<string>();
        var walk = new DhcpRouteEnumerator(data);
        while (walk.MoveNext()) items.Add(FieldText.Invariant($"{walk.Destination}/{walk.PrefixLength} through {walk.Router}"));
        return walk.IsAtEnd && items.Count > 0 ? string.Join(", ", items) : null;
    }

    // RFC 3046 §2.0: codes and lengths as options have them.
    private static void AddSubOptions(LayerWriter layer, DhcpOption option)
    {
        var data = option.Data;
        var at = option.Offset + 2;
        while (data.Length >= 2 && data.Length >= 2 + data[1])
        {
            var content = data.Slice(2, data[1]);
            var (name, isAddress) = SubOption(data[0]);
            var text = isAddress && content.Length == 4 ? IpAddress.FromBytes(content).ToString() : FieldText.Bytes(content);
            layer.AddOctets(name, at, 2 + content.Length, data[0], text, "RFC 3046 §2.0");
            at += 2 + content.Length;
            data = data[(2 + content.Length)..];
        }
    }

    private static (string Name, bool IsAddress) SubOption(byte code) => code switch
    {
        1 => ("circuitId", false),
        2 => ("remoteId", false),
        4 => ("docsisDeviceClass", false),
        5 => ("linkSelection", true),
        6 => ("subscriberId", false),
        7 => ("radiusAttributes", false),
        8 => ("relayAuthentication", false),
        9 => ("relayVendorInformation", false),
        10 => ("relayFlags", false),
        11 => ("serverIdentifierOverride", true),
        12 => ("relayAgentIdentifier", false),
        19 => ("relaySourcePort", false),
        151 => ("virtualSubnet", false),
        _ => ("subOption", false),
    };
}
