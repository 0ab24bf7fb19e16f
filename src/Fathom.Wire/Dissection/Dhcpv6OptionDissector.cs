using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>A DHCPv6 message and its options as fields, down to the first fault.</summary>
internal sealed class Dhcpv6OptionDissector(LayerWriter layer)
{
    // Options inside options: an address in an association, and its status. Relays have a limit of their own.
    private const int MaxDepth = 4;

    // The addresses that a line has room for.
    private const int ShownNotes = 3;

    private readonly List<string> _notes = [];

    internal WireError Fault { get; private set; }

    /// <summary>Adds a message, and what it wraps.</summary>
    /// <param name="bytes">From the message's type on.</param>
    /// <param name="at">Octets from the layer's first to the message's.</param>
    /// <param name="relays">Relays' messages around it.</param>
    /// <returns>The message in a few words.</returns>
    internal string AddMessage(ReadOnlySpan<byte> bytes, int at, int relays)
    {
        var type = bytes.IsEmpty ? Dhcpv6MessageType.None : (Dhcpv6MessageType)bytes[0];
        if (Dhcpv6Message.IsRelay(type)) return AddRelay(bytes, at, relays);
        layer.AddFields(Dhcpv6Message.Layout, bytes, Format, at);
        if (!Dhcpv6Message.TryRead(bytes, out var message, out var error))
        {
            Report(error, at);
            return type.ToText();
        }

        AddOptions(message.Options, at + Dhcpv6Message.HeaderLength, 0, relays);
        return FieldText.Invariant($"{type.ToText()} xid=0x{message.TransactionId:x6}{Notes()}");
    }

    private string AddRelay(ReadOnlySpan<byte> bytes, int at, int relays)
    {
        var text = ((Dhcpv6MessageType)bytes[0]).ToText();
        layer.AddFields(Dhcpv6RelayMessage.Layout, bytes, Format, at);
        if (!Dhcpv6RelayMessage.TryRead(bytes, out var relay, out var error))
        {
            Report(error, at);
            return text;
        }

        var inner = AddOptions(relay.Options, at + Dhcpv6RelayMessage.HeaderLength, 0, relays + 1);
        return inner is null ? text : $"{text} of {inner}";
    }

    /// <summary>Adds options; answers what a relayed message among them is.</summary>
    private string? AddOptions(ReadOnlySpan<byte> options, int at, int depth, int relays)
    {
        string? inner = null;
        var walk = new Dhcpv6OptionEnumerator(options);
        while (walk.MoveNext())
        {
            var option = walk.Current;
            var (form, spec) = Dhcpv6OptionForms.Of(option.Code);
            var start = at + option.Offset;
            if (layer.KeepsFields || IsNoted(form)) layer.AddOctets(FieldName(option.Code), start, option.Bytes.Length, (ulong)option.Code, Text(option, form), spec);
            if (form == Dhcpv6OptionForm.Relay && relays > Dhcpv6RelayMessage.MaximumHops + 1) Report(WireError.LimitExceeded(Dhcpv6Message.Protocol, 0, Dhcpv6RelayMessage.MaximumHops, "relays around a message"), start);
            else if (form == Dhcpv6OptionForm.Relay && !option.Data.IsEmpty) inner = AddMessage(option.Data, start + Dhcpv6Option.HeaderLength, relays);
            if (option.Nested.IsEmpty) continue;
            if (depth < MaxDepth) AddOptions(option.Nested, start + Dhcpv6Option.HeaderLength + option.NestedOffset, depth + 1, relays);
            else Report(WireError.LimitExceeded(Dhcpv6Message.Protocol, 0, MaxDepth, "options inside options"), start);
        }

        Report(walk.Error, at);
        return inner;
    }

    private string Notes()
        => _notes.Count == 0 ? "" : " " + string.Join(", ", _notes.Take(ShownNotes)) + (_notes.Count > ShownNotes ? FieldText.Invariant($" and {_notes.Count - ShownNotes} more") : "");

    private void Report(WireError error, int at)
    {
        if (error.IsError && !Fault.IsError) Fault = error with { Offset = error.Offset + at };
    }

    // Those whose text is in the message's line.
    private static bool IsNoted(Dhcpv6OptionForm form) => form is Dhcpv6OptionForm.Address or Dhcpv6OptionForm.Prefix or Dhcpv6OptionForm.Status;

    private static string FieldName(Dhcpv6OptionCode code)
    {
        if (!Enum.IsDefined(code)) return "option";
        var name = code.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private FieldWords Text(Dhcpv6Option option, Dhcpv6OptionForm form)
    {
        var data = option.Data;
        FieldWords text = form switch
        {
            Dhcpv6OptionForm.None => "present",
            Dhcpv6OptionForm.Duid when !data.IsEmpty => Dhcpv6Duid.ToText(data),
            Dhcpv6OptionForm.Association when data.Length >= 12 => FieldText.Invariant($"IAID 0x{U32(data):x8}, T1 {FieldText.Seconds(U32(data[4..]))}, T2 {FieldText.Seconds(U32(data[8..]))}"),
            Dhcpv6OptionForm.TemporaryAssociation when data.Length >= 4 => FieldText.Invariant($"IAID 0x{U32(data):x8}"),
            Dhcpv6OptionForm.Address when data.Length >= 24 => Note(FieldText.Invariant($"{IpAddress.FromBytes(data[..16])}"), $", preferred {FieldText.Seconds(U32(data[16..]))}, valid {FieldText.Seconds(U32(data[20..]))}"),
            Dhcpv6OptionForm.Prefix when data.Length >= 25 => Note(FieldText.Invariant($"{IpAddress.FromBytes(data.Slice(9, 16))}/{data[8]}"), $", preferred {FieldText.Seconds(U32(data))}, valid {FieldText.Seconds(U32(data[4..]))}"),
            Dhcpv6OptionForm.Codes when data.Length % 2 == 0 => Codes(data),
            Dhcpv6OptionForm.Number when data.Length is 1 or 2 => BitField.Read(data, 0, 8 * data.Length).ToString(CultureInfo.InvariantCulture),
            Dhcpv6OptionForm.Centiseconds when data.Length == 2 => FieldText.Invariant($"{BinaryPrimitives.ReadUInt16BigEndian(data) / 100.0:F2} s"),
            Dhcpv6OptionForm.Seconds when data.Length == 4 => FieldText.Seconds(U32(data)),
            Dhcpv6OptionForm.Relay => FieldText.Octets((ulong)data.Length),
            Dhcpv6OptionForm.Addresses when data.Length >= 16 && data.Length % 16 == 0 => Addresses(data),
            Dhcpv6OptionForm.Status when data.Length >= 2 => Status(data),
            Dhcpv6OptionForm.Enterprise when data.Length >= 4 => FieldText.Invariant($"enterprise {U32(data)}: {FieldText.Bytes(data[4..])}"),
            Dhcpv6OptionForm.Names => DhcpNames.Text(data),
            Dhcpv6OptionForm.Text => TextSanitizer.Escape(Encoding.UTF8.GetString(data[..Math.Min(data.Length, 256)])),
            Dhcpv6OptionForm.DomainName when data.Length >= 1 => DomainName(data),
            Dhcpv6OptionForm.LinkLayerAddress when data.Length == 8 => MacAddress.FromBytes(data[2..]).ToString(),
            _ => null,
        };
        return text.Or(Enum.IsDefined(option.Code) ? FieldText.Bytes(data) : FieldText.Invariant($"option {(ushort)option.Code}: {FieldText.Bytes(data)}"));
    }

    // Addresses and prefixes are what the line of a message is about.
    private string Note(string text, string rest)
    {
        _notes.Add(text);
        return text + rest;
    }

    private FieldWords Status(ReadOnlySpan<byte> data)
    {
        var code = BinaryPrimitives.ReadUInt16BigEndian(data);
        var name = Dhcpv6StatusCode.Name(code);
        if (code != 0) _notes.Add(name);
        var message = data[2..];
        return message.IsEmpty ? FieldText.Named(name, code) : $"{FieldText.Named(name, code)}: {TextSanitizer.Escape(Encoding.UTF8.GetString(message[..Math.Min(message.Length, 256)]))}";
    }

    private static string Codes(ReadOnlySpan<byte> data)
    {
        var items = new List<string>();
        for (; data.Length >= 2; data = data[2..])
        {
            var code = BinaryPrimitives.ReadUInt16BigEndian(data);
            items.Add(FieldText.Named(FieldName((Dhcpv6OptionCode)code), code).ToString());
        }

        return string.Join(", ", items);
    }

    private static string Addresses(ReadOnlySpan<byte> data)
    {
        var items = new List<string>();
        for (; data.Length >= 16; data = data[16..]) items.Add(IpAddress.FromBytes(data[..16]).ToString());
        return string.Join(", ", items);
    }

    // RFC 4704 §4.2: the name may be a part of one, without the root at its end.
    private static string DomainName(ReadOnlySpan<byte> data)
    {
        var flags = string.Concat((data[0] & 4) != 0 ? "N" : "", (data[0] & 2) != 0 ? "O" : "", (data[0] & 1) != 0 ? "S" : "");
        var name = data[1..];
        var text = name.IsEmpty ? "no name" : DhcpNames.Text(name[^1] == 0 ? name : [.. name, 0]) ?? FieldText.Bytes(name);
        return flags.Length > 0 ? $"{text} (flags {flags})" : text;
    }

    private static uint U32(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32BigEndian(data);

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "msgType" => FieldText.Named(((Dhcpv6MessageType)value).ToText(), value),
        "transactionId" => FieldText.Hex(value, 6),
        _ => null,
    };
}
