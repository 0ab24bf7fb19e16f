using System.Text.Json;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;

namespace Fathom.Cli.Ports;

/// <summary>Sockets as JSON.</summary>
internal static class SocketJson
{
    /// <summary>Writes a list. Owners are null where they may not be seen, and empty where the kernel alone has the socket.</summary>
    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<HostSocket> sockets)
    {
        writer.WriteStartArray(name);
        foreach (var socket in sockets) WriteOne(writer, socket);
        writer.WriteEndArray();
    }

    private static void WriteOne(Utf8JsonWriter writer, HostSocket socket)
    {
        writer.WriteStartObject();
        writer.WriteString("transport", SocketText.Transport(socket));
        if (socket.State is { } state) writer.WriteString("state", state);
        writer.WriteString("address", socket.Local.Address.ToString());
        writer.WriteNumber("port", socket.Local.Port);
        if (socket.Remote is { } remote) writer.WriteString("remote", remote.ToString());
        if (socket.IsV6Only is { } only) writer.WriteBoolean("v6Only", only);
        writer.WriteNumber("receiveQueue", socket.ReceiveQueue);
        writer.WriteNumber("sendQueue", socket.SendQueue);
        if (socket.Timer is { } timer) writer.WriteNumber("timerSeconds", Math.Round(timer.TotalSeconds, 3));
        if (socket.UserId is { } user) writer.WriteNumber("user", user);
        if (socket.Owners is { } owners)
        {
            writer.WriteStartArray("owners");
            foreach (var owner in owners)
            {
                writer.WriteStartObject();
                writer.WriteString("process", owner.Name);
                writer.WriteNumber("pid", owner.ProcessId);
                writer.WriteNumber("descriptor", owner.Descriptor);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull("owners");
        }

        writer.WriteEndObject();
    }
}
