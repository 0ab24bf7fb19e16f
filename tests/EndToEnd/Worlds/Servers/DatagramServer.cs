using System.Net;
using System.Net.Sockets;

namespace Fathom.EndToEnd.Worlds.Servers;

/// <summary>A nameserver on UDP inside a namespace whose whole behavior is one delegate per question.</summary>
internal sealed class DatagramServer : IAsyncDisposable
{
    private const int DnsPort = 53;

    private readonly Socket _socket;
    private readonly Socket _otherAddress;
    private readonly NameserverBehavior _behavior;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public DatagramServer(string networkNamespace, string address, string otherAddress, NameserverBehavior behavior)
    {
        _behavior = behavior;
        _socket = NamespaceThread.BindDatagram(networkNamespace, new IPEndPoint(IPAddress.Parse(address), DnsPort));
        _otherAddress = NamespaceThread.BindDatagram(networkNamespace, new IPEndPoint(IPAddress.Parse(otherAddress), 0));
        _loop = AnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        await _loop;
        _otherAddress.Dispose();
        _end.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                foreach (var answer in _behavior.Answer(buffer.AsSpan(0, received.ReceivedBytes)))
                {
                    var from = _behavior.FromAnotherAddress ? _otherAddress : _socket;
                    await from.SendToAsync(answer, received.RemoteEndPoint, _end.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The world ends.
        }
    }
}
