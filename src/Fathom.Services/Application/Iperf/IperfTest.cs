using System.Text;
using System.Text.Json;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Iperf;

/// <summary>A test under way: its streams, as they come, and when it runs.</summary>
/// <param name="cookie">What the client calls it.</param>
/// <param name="client">The client's address: streams of UDP come from there, as a sender that nothing proves would be sent the data of a reversed test.</param>
internal sealed class IperfTest(byte[] cookie, IpAddress client)
{
    private readonly Lock _gate = new();
    private readonly List<IperfStream> _streams = [];
    private readonly Dictionary<IpEndpoint, IperfStream> _byPeer = [];
    private readonly HashSet<IpEndpoint> _sending = [];
    private readonly TaskCompletionSource _complete = new();
    private readonly TaskCompletionSource _started = new();
    private readonly TaskCompletionSource _ended = new();
    private IperfParameters? _parameters;

    /// <summary>All streams are there.</summary>
    public Task Complete => _complete.Task;

    /// <summary>Data may flow; or the test has ended before.</summary>
    public Task Started => _started.Task;

    /// <summary>The test is over.</summary>
    public Task Ended => _ended.Task;

    public bool HasEnded => _ended.Task.IsCompleted;

    public IperfParameters? Parameters
    {
        get
        {
            lock (_gate) return _parameters;
        }
    }

    public bool Belongs(ReadOnlySpan<byte> other) => other.SequenceEqual(cookie);

    /// <summary>From now on streams may come.</summary>
    public void Open(IperfParameters parameters)
    {
        lock (_gate) _parameters = parameters;
    }

    public void Start() => _started.TrySetResult();

    public void End()
    {
        _ended.TrySetResult();
        _started.TrySetResult();
    }

    /// <summary>A stream of TCP has come; null: it was not waited for.</summary>
    public IperfStream? Join()
    {
        IperfStream? joined;
        bool isLast;
        lock (_gate) joined = Add(isUdp: false, out isLast);
        if (isLast) _complete.TrySetResult();
        return joined;
    }

    /// <summary>A peer says that it is a stream of UDP; it may say so again, as the answer may have been lost.</summary>
    public bool TryJoin(IpEndpoint peer)
    {
        bool isLast;
        lock (_gate)
        {
            if (_byPeer.ContainsKey(peer)) return true;
            if (peer.Address != client || Add(isUdp: true, out isLast) is not { } joined) return false;
            _byPeer[peer] = joined;
        }

        if (isLast) _complete.TrySetResult();
        return true;
    }

    /// <summary>The stream of a peer of UDP, while data flows.</summary>
    public IperfStream? Find(IpEndpoint peer)
    {
        lock (_gate) return HasEnded ? null : _byPeer.GetValueOrDefault(peer);
    }

    /// <summary>The stream on which a peer of UDP waits for datagrams; given once.</summary>
    public IperfStream? TakeOutgoing(IpEndpoint peer)
    {
        lock (_gate) return !HasEnded && _byPeer.TryGetValue(peer, out var stream) && stream.IsOutgoing && _sending.Add(peer) ? stream : null;
    }

    /// <summary>The server's results, as the client reads them.</summary>
    /// <param name="elapsed">How long data flowed.</param>
    public byte[] WriteResults(TimeSpan elapsed)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            lock (_gate)
            {
                json.WriteStartObject();

                // What the client requires and no host of ours can tell.
                foreach (var name in (ReadOnlySpan<string>)["cpu_util_total", "cpu_util_user", "cpu_util_system"]) json.WriteNumber(name, 0);
                var tells = _streams.Exists(static s => s.IsOutgoing && s.Retransmissions is not null);
                json.WriteNumber("sender_has_retransmits", _streams.Exists(static s => s.IsOutgoing) ? tells ? 1 : 0 : -1);
                json.WriteStartArray("streams");
                foreach (var stream in _streams) Write(json, stream, elapsed);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, IperfStream stream, TimeSpan elapsed)
    {
        json.WriteStartObject();
        json.WriteNumber("id", stream.Id);
        json.WriteNumber("bytes", stream.Octets);
        json.WriteNumber("retransmits", stream.IsOutgoing ? stream.Retransmissions ?? -1 : -1);
        json.WriteNumber("jitter", stream.Jitter);
        json.WriteNumber("errors", stream.Lost);
        json.WriteNumber("omitted_errors", 0);
        json.WriteNumber("packets", stream.Datagrams);
        json.WriteNumber("omitted_packets", 0);
        json.WriteNumber("start_time", 0);
        json.WriteNumber("end_time", elapsed.TotalSeconds);
        json.WriteEndObject();
    }

    // Those on which the server receives come first. iperf3 counts them 1, 3, 4, 5 and so on.
    private IperfStream? Add(bool isUdp, out bool isLast)
    {
        isLast = false;
        if (_parameters is not { } wanted || wanted.IsUdp != isUdp || HasEnded || _streams.Count >= wanted.Incoming + wanted.Outgoing) return null;
        var number = _streams.Count;
        var added = new IperfStream(number == 0 ? 1 : number + 2, number >= wanted.Incoming);
        _streams.Add(added);
        isLast = _streams.Count == wanted.Incoming + wanted.Outgoing;
        return added;
    }
}
