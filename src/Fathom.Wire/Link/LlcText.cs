using System.Globalization;

namespace Fathom.Wire.Link;

/// <summary>LLC's service access points and control fields in words.</summary>
public static class LlcText
{
    /// <summary>The protocol's usual name: "spanning tree"; or the number in hexadecimal.</summary>
    /// <param name="point">The service access point.</param>
    public static string Describe(this LlcServiceAccessPoint point) => point switch
    {
        LlcServiceAccessPoint.Null => "null",
        LlcServiceAccessPoint.Management => "LLC management",
        LlcServiceAccessPoint.Ip => "IP",
        LlcServiceAccessPoint.SpanningTree => "spanning tree",
        LlcServiceAccessPoint.Snap => "SNAP",
        LlcServiceAccessPoint.NetWare => "NetWare",
        LlcServiceAccessPoint.NetBios => "NetBIOS",
        LlcServiceAccessPoint.Osi => "OSI",
        LlcServiceAccessPoint.Global => "all",
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{(byte)point:x2}"),
    };

    /// <summary>A control field in words: "unnumbered information", "receive ready, N(R) 3" (IEEE 802.2 §5.4).</summary>
    /// <param name="format">The format.</param>
    /// <param name="control">The field, as <see cref="LlcFrame.Control"/> gives it.</param>
    public static string DescribeControl(LlcFormat format, ushort control)
    {
        // Of two octets the first is the more significant: N(S) or the function stands in it, N(R) in the second, each above its lowest bit.
        var receive = (control & 0xFF) >> 1;
        return format switch
        {
            LlcFormat.Information => string.Create(CultureInfo.InvariantCulture, $"information, N(S) {control >> 9}, N(R) {receive}"),
            LlcFormat.Supervisory => string.Create(CultureInfo.InvariantCulture, $"{Function(control >> 10 & 3)}, N(R) {receive}"),
            // The fifth bit is poll or final and belongs to no command.
            _ => (control & 0xEF) switch
            {
                0x03 => "unnumbered information",
                0x0F => "disconnected mode",
                0x43 => "disconnect",
                0x63 => "unnumbered acknowledgment",
                0x6F => "set asynchronous balanced mode extended",
                0x87 => "frame reject",
                0xAF => "exchange identification",
                0xE3 => "test",
                _ => "unnumbered",
            },
        };
    }

    private static string Function(int function) => function switch
    {
        0 => "receive ready",
        1 => "receive not ready",
        2 => "reject",
        _ => "supervisory",
    };
}
