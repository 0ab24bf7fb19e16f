using Fathom.Hosts;
using Fathom.Hosts.Transport;

namespace Fathom.Lab.Application;

/// <summary>A server's connection whose responses, or whose end, go wrong on purpose.</summary>
/// <param name="host">Gives time.</param>
/// <param name="inner">The connection, under TLS where there is TLS.</param>
/// <param name="behavior">How.</param>
internal sealed class TroubledConnection(INetworkHost host, IStreamConnection inner, WebBehavior behavior) : WrappedConnection(inner)
{
    // A slow page: longer than anybody likes, shorter than clients wait.
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(3);

    // The response is there by then, on any path that a lab is likely to have.
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(100);

    private static readonly byte[] Garbage = "\0\u0001\u0002 this is not HTTP \u007f\r\n\r\n"u8.ToArray();
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly StreamResult Over = new(StreamStatus.Failed, 0);

    private bool _hasHead;

    public override async ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        switch (behavior.Response)
        {
            case ResponseTrouble.Silent:
                await DrainAsync(cancellation);
                return Over;
            case ResponseTrouble.Slow when !_hasHead:
                _hasHead = true;
                await Task.Delay(Slowness, host.Time, cancellation);
                break;
            case ResponseTrouble.Closes:
                await Inner.ShutdownAsync(cancellation);
                return Over;
            case ResponseTrouble.Malformed:
                await Inner.WriteAsync(Garbage, cancellation);
                await Inner.ShutdownAsync(cancellation);
                return Over;
            case ResponseTrouble.Truncated:
                return await CutAsync(bytes, cancellation);
        }

        return await Inner.WriteAsync(bytes, cancellation);
    }

    public override async ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation)
    {
        if (behavior.Close != CloseTrouble.Reset) return await Inner.ShutdownAsync(cancellation);
        await Task.Delay(BeforeReset, host.Time, cancellation);
        Inner.Abort();
        return Over;
    }

    // The head, and half of the content: with the head in one piece, or in the pieces behind it.
    private async ValueTask<StreamResult> CutAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var content = 0;
        if (!_hasHead) content = bytes.Span.IndexOf(HeadEnd) is var at and >= 0 ? at + HeadEnd.Length : bytes.Length;
        _hasHead = true;
        var written = await Inner.WriteAsync(bytes[..(content + ((bytes.Length - content) / 2))], cancellation);
        if (content == bytes.Length) return written;
        await Inner.ShutdownAsync(cancellation);
        return Over;
    }
}
