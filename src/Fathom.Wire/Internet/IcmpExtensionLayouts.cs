namespace Fathom.Wire.Internet;

/// <summary>The layout of each known object of an ICMP extension structure (RFC 4884 §8).</summary>
public static class IcmpExtensionLayouts
{
    private static readonly FieldSpec[] Framing =
        [new("length", 0, 16, "RFC 4884 §8"), new("classNumber", 16, 8, "RFC 4884 §8"), new("classType", 24, 8, "RFC 4884 §8")];

    private static readonly ElementLayout MplsLabelStack = new(
        "mplsLabelStack",
        "RFC 4950 §3",
        Framing,
        [
            new("label", 0, 20, "RFC 3032 §2.1"), new("trafficClass", 20, 3, "RFC 5462"), new("bottomOfStack", 23, 1, "RFC 3032 §2.1"),
            new("timeToLive", 24, 8, "RFC 3032 §2.1"),
        ],
        framing: 0);

    // RFC 5837 §4.1: the class type's bits say which of the parts behind it are there.
    private static readonly ElementLayout InterfaceInformation = new(
        "interfaceInformation",
        "RFC 5837 §4",
        [
            Framing[0], Framing[1], new("role", 24, 2, "RFC 5837 §4.1"), new("reserved", 26, 2, "RFC 5837 §4.1"), new("hasIndex", 28, 1, "RFC 5837 §4.1"),
            new("hasAddress", 29, 1, "RFC 5837 §4.1"), new("hasName", 30, 1, "RFC 5837 §4.1"), new("hasMtu", 31, 1, "RFC 5837 §4.1"),
        ],
        framing: 0);

    private static readonly ElementLayout InterfaceByName = new("interfaceIdentification", "RFC 8335 §2.1", Framing, rest: "name", framing: 0);

    private static readonly ElementLayout InterfaceByIndex = new(
        "interfaceIdentification", "RFC 8335 §2.1", [.. Framing, new("index", 32, 32, "RFC 8335 §2.1")], framing: 0);

    private static readonly ElementLayout InterfaceByAddress = new(
        "interfaceIdentification",
        "RFC 8335 §2.1",
        [
            .. Framing, new("addressFamily", 32, 16, "RFC 8335 §2.1"), new("addressLength", 48, 8, "RFC 8335 §2.1"), new("reserved", 56, 8, "RFC 8335 §2.1"),
        ],
        rest: "address",
        framing: 0);

    private static readonly ElementLayout ExtendedInformation = new(
        "extendedInformation", "RFC 8883 §4.1", [.. Framing, new("pointer", 32, 32, "RFC 8883 §4.1")], framing: 0);

    private static readonly ElementLayout Unknown = new("extensionObject", "RFC 4884 §8", Framing, rest: "data", framing: 0);

    /// <summary>The layout of an object; of one that is not known here, length, class and the rest. Interface information has parts of its own behind it.</summary>
    /// <param name="item">The object.</param>
    public static ElementLayout Of(IcmpExtensionObject item) => (item.ClassNumber, item.ClassType) switch
    {
        (IcmpExtensionObject.MplsLabelStack, _) => MplsLabelStack,
        (IcmpExtensionObject.InterfaceInformation, _) => InterfaceInformation,
        (IcmpExtensionObject.InterfaceIdentification, 1) => InterfaceByName,
        (IcmpExtensionObject.InterfaceIdentification, 2) => InterfaceByIndex,
        (IcmpExtensionObject.InterfaceIdentification, 3) => InterfaceByAddress,
        (IcmpExtensionObject.ExtendedInformation, 1) => ExtendedInformation,
        _ => Unknown,
    };
}
