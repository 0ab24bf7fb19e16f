using System.Buffers.Binary;
using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Services.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Iperf;

/// <summary>
/// The server of iperf3, as its version 3.12 speaks: TCP and UDP in both directions and in both at once, and many streams. One test at a time; who comes meanwhile is told.
/// It serves connections and datagrams of one port: the first connection of a test controls it, the others carry it.
/// </summary>
/// <param name="host">The host, for its time.</param>
public sealed class IperfServer(INetworkHost host) : IStreamService, IDatagramSource
{
    /// <summary>The port that iperf3 has by itself.</summary>
    public const ushort Port = 5201;

    // 36 letters and digits, and a zero.
    private const int CookieLength = 37;

    // The parameters of iperf3 are a few hundred octets, its results a hundred for each stream.
    private const int MostJson = 256 * 1024;

    // Of iperf_api.h: IERECVPARAMS, "unable to receive parameters from client".
    private const int BadParameters = 114;

    // What opens a stream of UDP, and its answer; older versions have other words. In the order of octets of the client's machine.
    private const uint ConnectWord = 0x3637_3839;
    private const uint ConnectReply = 0x3938_3736;
    private const uint OldConnectWord = 123_456_789;
    private const uint OldConnectReply = 987_654_321;

    private readonly Lock _gate = new();
    private IperfTest? _test;

    /// <inheritdoc/>
    public async ValueTask ServeAsync(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var cookie = new byte[CookieLength];
        if (!await FillAsync(session, cookie)) return;
        IperfTest? test;
        bool isFirst;
        lock (_gate)
        {
            isFirst = _test is null;
            test = _test ??= new IperfTest(cookie, session.Remote.Address);
        }

        if (isFirst)
        {
            try
            {
                await ControlAsync(session, test);
            }
            finally
            {
                test.End();
                lock (_gate) _test = null;
            }
        }
        else if (test.Belongs(cookie) && test.Join() is { } stream)
        {
            if (stream.IsOutgoing) await SendAsync(session, test, stream);
            else await TakeAsync(session, stream);
        }
        else
        {
            await SayAsync(session, IperfState.AccessDenied);
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Answer(IpEndpoint from, ReadOnlyMemory<byte> payload)
    {
        IperfTest? test;
        lock (_gate) test = _test;
        if (test is null) return null;
        if (payload.Length == sizeof(uint)) return Connect(test, from, payload.Span);
        if (test.Find(from) is { IsOutgoing: false } stream && IperfDatagram.TryRead(payload.Span, test.Parameters?.HasWideCounters ?? false, out var sent, out var number))
            stream.Add(payload.Length, number, (host.Time.GetElapsedTime(0) - sent).TotalSeconds);
        return null;
    }

    /// <inheritdoc/>
    public void OnTaken(IpEndpoint peer, IDatagramSocket through)
    {
        IperfTest? test;
        lock (_gate) test = _test;

        // It has joined from the address that the control connection has: nobody else can be made a target.
        if (test?.TakeOutgoing(peer) is { } stream) _ = SendAsync(through, peer, test, stream);
    }

    private static ReadOnlyMemory<byte>? Connect(IperfTest test, IpEndpoint from, ReadOnlySpan<byte> word)
    {
        foreach (var (question, answer) in (ReadOnlySpan<(uint, uint)>)[(ConnectWord, ConnectReply), (OldConnectWord, OldConnectReply)])
        {
            var isLittle = BinaryPrimitives.ReadUInt32LittleEndian(word) == question;
            if (!isLittle && BinaryPrimitives.ReadUInt32BigEndian(word) != question) continue;
            if (!test.TryJoin(from)) return null;
            var reply = new byte[sizeof(uint)];
            if (isLittle) BinaryPrimitives.WriteUInt32LittleEndian(reply, answer);
            else BinaryPrimitives.WriteUInt32BigEndian(reply, answer);
            return reply;
        }

        return null;
    }

    private static async ValueTask<bool> FillAsync(StreamSession session, Memory<byte> all)
    {
        while (!all.IsEmpty)
        {
            var count = await session.ReadAsync(all);
            if (count == 0) return false;
            all = all[count..];
        }

        return true;
    }

    private static ValueTask<bool> SayAsync(StreamSession session, IperfState state) => session.WriteAsync(new[] { (byte)state });

    private static async ValueTask<IperfState?> HearAsync(StreamSession session)
    {
        var octet = new byte[1];
        return await FillAsync(session, octet) ? (IperfState)(sbyte)octet[0] : null;
    }

    // Its length in four octets, then JSON.
    private static async ValueTask<byte[]?> ReadJsonAsync(StreamSession session)
    {
        var head = new byte[sizeof(int)];
        if (!await FillAsync(session, head) || BinaryPrimitives.ReadInt32BigEndian(head) is not (> 0 and <= MostJson and var length)) return null;
        var json = new byte[length];
        return await FillAsync(session, json) ? json : null;
    }

    private static async ValueTask<bool> WriteJsonAsync(StreamSession session, byte[] json)
    {
        var head = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(head, json.Length);
        return await session.WriteAsync(head) && await session.WriteAsync(json);
    }

    // The error's number of iperf3, and errno.
    private static async ValueTask RefuseAsync(StreamSession session, int error)
    {
        var numbers = new byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(numbers, error);
        if (await SayAsync(session, IperfState.ServerError)) await session.WriteAsync(numbers);
    }

    private static async ValueTask TakeAsync(StreamSession session, IperfStream stream)
    {
        // Four of the largest segments that a device with offload makes: few calls.
        var buffer = new byte[256 * 1024];
        while (await session.ReadAsync(buffer) is > 0 and var count) stream.Add(count);
    }

    private async ValueTask ControlAsync(StreamSession session, IperfTest test)
    {
        if (!await SayAsync(session, IperfState.ParameterExchange) || await ReadJsonAsync(session) is not { } asked) return;
        if (!IperfParameters.TryRead(asked, out var parameters))
        {
            await RefuseAsync(session, BadParameters);
            return;
        }

        test.Open(parameters);
        if (!await SayAsync(session, IperfState.CreateStreams)) return;

        // A client that gives up before its streams are there says so, or is gone.
        var next = HearAsync(session).AsTask();
        if (await Task.WhenAny(test.Complete, next) == next) return;
        if (!await SayAsync(session, IperfState.TestStart) || !await SayAsync(session, IperfState.TestRunning)) return;
        var start = host.Time.GetTimestamp();
        test.Start();
        if (await next != IperfState.TestEnd) return;
        var elapsed = host.Time.GetElapsedTime(start);
        test.End();
        if (!await SayAsync(session, IperfState.ExchangeResults) || await ReadJsonAsync(session) is null) return;
        if (await WriteJsonAsync(session, test.WriteResults(elapsed)) && await SayAsync(session, IperfState.DisplayResults)) await HearAsync(session);
    }

    private async ValueTask SendAsync(StreamSession session, IperfTest test, IperfStream stream)
    {
        await test.Started;
        var block = new byte[test.Parameters!.Block];
        var start = host.Time.GetTimestamp();
        while (!test.HasEnded && await session.WriteAsync(block))
        {
            stream.Add(block.Length);
            stream.Note(session.GetTcpInfo().Value);
            await PaceAsync(test, stream, start);
        }
    }

    private async Task SendAsync(IDatagramSocket socket, IpEndpoint peer, IperfTest test, IperfStream stream)
    {
        await test.Started;
        var (parameters, start) = (test.Parameters!, host.Time.GetTimestamp());
        var datagram = new byte[parameters.Block];
        try
        {
            for (var number = 1UL; !test.HasEnded; number++)
            {
                IperfDatagram.Write(datagram, host.Time.GetElapsedTime(0), number, parameters.HasWideCounters);
                if (await socket.SendAsync(datagram, peer, new PacketOptions(), default) is not null) return;
                stream.AddSent(datagram.Length);
                await PaceAsync(test, stream, start);
            }
        }
        catch (ObjectDisposedException)
        {
            // The server has ended.
        }
    }

    private async ValueTask PaceAsync(IperfTest test, IperfStream stream, long start)
    {
        if (test.Parameters is not { Rate: > 0 and var rate }) return;
        var ahead = TimeSpan.FromSeconds(stream.Octets * 8.0 / rate) - host.Time.GetElapsedTime(start);
        if (ahead > TimeSpan.Zero) await Task.WhenAny(test.Ended, Task.Delay(ahead, host.Time));
    }
}
