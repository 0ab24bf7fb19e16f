using System.Net.Sockets;
using System.Text;

namespace Fathom.EndToEnd.Worlds.Servers;

/// <summary>What the misbehaving TCP servers do with a connection, one per port of <see cref="Ports"/>.</summary>
internal static class StreamBehaviors
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static IReadOnlyDictionary<int, Func<Socket, CancellationToken, Task>> All { get; } =
        new Dictionary<int, Func<Socket, CancellationToken, Task>>
        {
            [Ports.Stalled] = StallAsync,
            [Ports.Slow] = AnswerSlowlyAsync,
            [Ports.Reset] = ResetAsync,
            [Ports.SecureShell] = GreetAsSecureShellAsync,
            [Ports.Truncated] = (connection, end) => AnswerAndCloseAsync(
                connection, $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n{new string('x', 100)}", end),
            [Ports.TruncatedChunk] = (connection, end) => AnswerAndCloseAsync(
                connection, $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{new string('x', 100)}\r\n", end),
            [Ports.ClosedEarly] = (connection, end) => AnswerAndCloseAsync(connection, "", end),
            [Ports.EndlessHeaders] = (connection, end) => RepeatAsync(connection, "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n", end),
            [Ports.EndlessHeaderLine] = (connection, end) => RepeatAsync(connection, "HTTP/1.1 200 OK\r\nX-Long: ", "and longer ", end),
            [Ports.EndlessRedirects] = RedirectAsync,
            [Ports.EndlessInterim] = (connection, end) => RepeatAsync(connection, "", "HTTP/1.1 100 Continue\r\n\r\n", end),
            [Ports.EndlessContent] = (connection, end) => RepeatAsync(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", "content ", end),
            [Ports.Trickle] = (connection, end) => TrickleAsync(connection, "HTTP/1.1 200 OK\r\nX-Slow: "u8.ToArray(), end),
            // handshake (22), TLS 1.2 (3.3), 16,384 octets to follow (RFC 8446 section 5.1)
            [Ports.TrickleTls] = (connection, end) => TrickleAsync(connection, [22, 3, 3, 0x40, 0x00], end),
            [Ports.Escape] = (connection, end) => AnswerAndCloseAsync(
                connection,
                "HTTP/1.1 200 \u001b[31mred\u001b[0m\r\nServer: \u001b]0;title\u0007x\r\nX-Bell: \u0007\u009b2J\r\n"
                + "Set-Cookie: a=\u001b[2J; Path=/\r\nContent-Length: 0\r\n\r\n",
                end),
            [Ports.Garbage] = (connection, end) => AnswerAndCloseAsync(connection, "\u0000\u0001\u0002 this is not HTTP \u00ff\r\n\r\n", end),
            [Ports.GarbageTls] = SendGarbageTlsAsync,
            [Ports.CloseReset] = AnswerAndResetAsync,
            [Ports.PortalPage] = (connection, end) => AnswerAndCloseAsync(
                connection,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 88\r\nConnection: close\r\n\r\n"
                + "<!doctype html><title>Welcome</title><p>Please accept our terms to use this network.</p>", end),
        };

    private static async Task StallAsync(Socket connection, CancellationToken end)
    {
        // Reads, so that the client's bytes are acknowledged and its end of the stream is seen.
        while (await ReadSomeAsync(connection, end) > 0)
        {
        }
    }

    private static async Task AnswerSlowlyAsync(Socket connection, CancellationToken end)
    {
        await ReadSomeAsync(connection, end);
        await Task.Delay(3 * Second, end);
        await AnswerAndCloseAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nslow\n", end, read: false);
    }

    private static async Task ResetAsync(Socket connection, CancellationToken end)
    {
        await ReadSomeAsync(connection, end);
        // Closing with a linger time of zero sends RST instead of FIN (RFC 9293 section 3.10.4, ABORT).
        connection.LingerState = new LingerOption(true, 0);
    }

    private static async Task AnswerAndResetAsync(Socket connection, CancellationToken end)
    {
        await ReadSomeAsync(connection, end);
        await SendAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\ndone\n", end);
        connection.LingerState = new LingerOption(true, 0);
    }

    private static async Task GreetAsSecureShellAsync(Socket connection, CancellationToken end)
    {
        await SendAsync(connection, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", end);
        await AnswerAndCloseAsync(connection, "Invalid SSH identification string.\r\n", end);
    }

    private static async Task RedirectAsync(Socket connection, CancellationToken end)
    {
        var request = new byte[8192];
        var length = await connection.ReceiveAsync(request, end);
        var path = Encoding.Latin1.GetString(request, 0, length).Split(' ').ElementAtOrDefault(1) ?? "/";
        var next = path.Length > 1 && int.TryParse(path[1..], out var number) ? number + 1 : 1;
        await AnswerAndCloseAsync(connection, $"HTTP/1.1 302 Found\r\nLocation: /{next}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", end, read: false);
    }

    private static async Task RepeatAsync(Socket connection, string first, string again, CancellationToken end)
    {
        await ReadSomeAsync(connection, end);
        await SendAsync(connection, first, end);
        var block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(again, 256)));
        while (true)
        {
            await connection.SendAsync(block, end);
        }
    }

    private static async Task TrickleAsync(Socket connection, byte[] first, CancellationToken end)
    {
        await ReadSomeAsync(connection, end);
        await connection.SendAsync(first, end);
        while (true)
        {
            await Task.Delay(Second, end);
            await SendAsync(connection, "x", end);
        }
    }

    private static async Task SendGarbageTlsAsync(Socket connection, CancellationToken end)
    {
        await ReadSomeAsync(connection, end);
        // A ServerHello whose inner lengths point far beyond the record (RFC 8446 sections 4 and 5.1).
        await connection.SendAsync(new byte[] { 22, 3, 3, 0, 8, 2, 0xFF, 0xFF, 0xFF, 3, 3, 0xFF, 0xFF }, end);
        while (await ReadSomeAsync(connection, end) > 0)
        {
        }
    }

    private static async Task AnswerAndCloseAsync(Socket connection, string answer, CancellationToken end, bool read = true)
    {
        if (read)
        {
            await ReadSomeAsync(connection, end);
        }

        await SendAsync(connection, answer, end);
        connection.Shutdown(SocketShutdown.Send);
        // Closing with unread data would send RST, and the fault would be another one.
        await StallAsync(connection, end);
    }

    private static async Task SendAsync(Socket connection, string text, CancellationToken end) =>
        await connection.SendAsync(Encoding.Latin1.GetBytes(text), end);

    private static async Task<int> ReadSomeAsync(Socket connection, CancellationToken end) =>
        await connection.ReceiveAsync(new byte[8192], end);
}
