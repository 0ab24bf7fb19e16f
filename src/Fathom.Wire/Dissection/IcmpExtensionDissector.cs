using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects the extension structure of ICMP and ICMPv6 messages (RFC 4884 §7) and its objects.</summary>
internal static class IcmpExtensionDissector
{
    private static readonly ElementLayout AddressPart = new(
        "interfaceInformation",
        "RFC 5837 §4.2",
        [new("addressFamily", 0, 16, "RFC 5837 §4.2"), new("addressReserved", 16, 16, "RFC 5837 §4.2")],
        rest: "address",
        framing: 0);

    private static readonly ElementLayout NamePart =
        new("interfaceInformation", "RFC 5837 §4.3", [new("nameLength", 0, 8, "RFC 5837 §4.3")], rest: "name", framing: 0);

    /// <summary>Adds the structure's header and objects as fields of the ICMP layer.</summary>
    internal static void Add(DissectionContext context, LayerWriter layer, ReadOnlySpan<byte> extensions, int offset, bool isCut)
    {
        if (extensions.IsEmpty) return;
        AddHeader(layer, extensions, offset, isCut);
        var walk = new IcmpExtensionEnumerator(extensions);
        while (walk.MoveNext())
        {
            var item = walk.Current;
            layer.AddElement(IcmpExtensionLayouts.Of(item), offset + item.Offset, item.Bytes, item.ClassNumber, Describe(item), Format);
            if (IcmpInterfaceInformation.TryRead(item, out var information)) AddInterface(layer, item, information, offset + item.Offset);
        }

        context.Report(walk.Error, new Place(layer.Offset + offset));
    }

    private static void AddHeader(LayerWriter layer, ReadOnlySpan<byte> extensions, int offset, bool isCut)
    {
        if (extensions.Length < IcmpExtensionEnumerator.HeaderLength) return;
        foreach (var row in IcmpExtensionEnumerator.HeaderLayout)
        {
            var value = BitField.Read(extensions, row.BitOffset, row.BitLength);
            var text = FieldText.Number(value);
            // RFC 4884 §7: a checksum of zero says that none was computed.
            if (row.Name == "extensionChecksum")
                text = value == 0 ? "none" : FieldText.Checksum((ushort)value, isCut ? null : InternetChecksum.Verify(extensions));
            layer.Add(row with { BitOffset = row.BitOffset + (8 * offset) }, value, text);
        }
    }

    private static void AddInterface(LayerWriter layer, IcmpExtensionObject item, IcmpInterfaceInformation information, int offset)
    {
        if (information.Index is { } index)
            layer.AddOctets("interfaceInformation.index", offset + information.IndexOffset, 4, index, FieldText.Invariant($"{index}"), "RFC 5837 §4.1");
        if (information.Address is { } address)
        {
            var at = information.AddressOffset;
            layer.AddElementFields(AddressPart, offset + at, item.Bytes.Slice(at, information.AddressLength), null);
            layer.SetLastText("interfaceInformation.address", address.ToString());
        }

        if (!information.Name.IsEmpty)
        {
            var at = information.NameOffset;
            layer.AddElementFields(NamePart, offset + at, item.Bytes.Slice(at, information.NameLength), null);
            layer.SetLastText("interfaceInformation.name", NameText(information.Name));
        }

        if (information.Mtu is { } mtu)
            layer.AddOctets("interfaceInformation.mtu", offset + information.MtuOffset, 4, mtu, FieldText.Octets(mtu), "RFC 5837 §4.1");
    }

    private static string Describe(IcmpExtensionObject item)
    {
        switch (item.ClassNumber)
        {
            case IcmpExtensionObject.MplsLabelStack:
                return Labels(item.Data);
            case IcmpExtensionObject.InterfaceInformation when IcmpInterfaceInformation.TryRead(item, out var information):
                var parts = new List<string> { Role(information.Role) };
                if (!information.Name.IsEmpty) parts.Add(NameText(information.Name));
                if (information.Index is { } index) parts.Add(FieldText.Invariant($"index {index}"));
                if (information.Address is { } address) parts.Add(address.ToString());
                if (information.Mtu is { } mtu) parts.Add(FieldText.Invariant($"MTU {mtu}"));
                return string.Join(", ", parts);
            case IcmpExtensionObject.InterfaceIdentification when item.ClassType == 1:
                return NameText(item.Data);
            default:
                return FieldText.Bytes(item.Data);
        }
    }

    private static string NameText(ReadOnlySpan<byte> name) => TextSanitizer.EscapeOctets(name.TrimEnd((byte)0));

    private static string Labels(ReadOnlySpan<byte> stack)
    {
        var labels = new List<string>();
        for (var at = 0; at + 4 <= stack.Length; at += 4)
            labels.Add(FieldText.Invariant($"label {BitField.Read(stack[at..], 0, 20)} ttl {stack[at + 3]}"));
        return string.Join(", ", labels);
    }

    private static string Role(ulong role) => role switch
    {
        0 => "the packet came on",
        1 => "the packet came on a part of",
        2 => "the packet would leave on",
        _ => "the next hop of the packet",
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "interfaceInformation.role" => FieldText.Named(Role(value), value),
        _ => null,
    };
}
