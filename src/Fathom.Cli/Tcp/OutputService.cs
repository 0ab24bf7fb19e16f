using Fathom.Services.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>Hands what clients send to an output, piece by piece: a client is read from no faster than the output takes it.</summary>
/// <param name="write">Takes a piece of a client.</param>
internal sealed class OutputService(Action<StreamSession, ReadOnlyMemory<byte>> write) : IStreamService
{
    private const int BufferSize = 16 * 1024;

    public async ValueTask ServeAsync(StreamSession session)
    {
        var buffer = new byte[BufferSize];
        while (await session.ReadAsync(buffer) is > 0 and var count) write(session, buffer.AsMemory(0, count));
    }
}
