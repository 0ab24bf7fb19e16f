using System.Text;

namespace Fathom.Wire.Transport;

/// <summary>TCP control bits in words.</summary>
public static class TcpFlagsText
{
    // Nine bits; the words of a combination are made when it is first seen.
    private const int Combinations = 512;

    private static readonly string?[] Known = new string?[Combinations];

    /// <summary>The bits' names in the order people expect: "SYN, ACK"; empty for none.</summary>
    /// <param name="flags">The bits; those without a name are left out.</param>
    public static string Describe(this TcpFlags flags)
        => (int)flags < Combinations ? Known[(int)flags] ??= Join(flags) : Join(flags);

    private static string Join(TcpFlags flags)
    {
        var text = new StringBuilder();
        Append(text, flags, TcpFlags.Syn, "SYN");
        Append(text, flags, TcpFlags.Fin, "FIN");
        Append(text, flags, TcpFlags.Rst, "RST");
        Append(text, flags, TcpFlags.Psh, "PSH");
        Append(text, flags, TcpFlags.Ack, "ACK");
        Append(text, flags, TcpFlags.Urg, "URG");
        Append(text, flags, TcpFlags.Ece, "ECE");
        Append(text, flags, TcpFlags.Cwr, "CWR");
        Append(text, flags, TcpFlags.Ae, "AE");
        return text.ToString();
    }

    private static void Append(StringBuilder text, TcpFlags flags, TcpFlags flag, string name)
    {
        if ((flags & flag) == 0) return;
        if (text.Length > 0) text.Append(", ");
        text.Append(name);
    }
}
