using Fathom.Wire.Transport;

namespace Packetdrill.Playing;

/// <summary>Control bits as a script writes them.</summary>
internal static class FlagText
{
    private static readonly (TcpFlags Flag, char Letter)[] Letters =
    [
        (TcpFlags.Syn, 'S'), (TcpFlags.Fin, 'F'), (TcpFlags.Rst, 'R'), (TcpFlags.Psh, 'P'), (TcpFlags.Urg, 'U'), (TcpFlags.Ece, 'E'), (TcpFlags.Cwr, 'W'),
        (TcpFlags.Ae, 'A'), (TcpFlags.Ack, '.'),
    ];

    public static string Of(TcpFlags flags) => flags == TcpFlags.None ? "-" : string.Concat(Letters.Where(l => (flags & l.Flag) != 0).Select(static l => l.Letter));
}
