using Fathom.Cli.Commands;

namespace Fathom.Cli.Sockets;

/// <summary>Standard input and output as octets.</summary>
internal static class StandardStreams
{
    /// <summary>
    /// Reads standard input. A read from a terminal or an idle pipe cannot be cancelled; it is left behind, and the process ends without it.
    /// </summary>
    public static Func<Memory<byte>, CancellationToken, ValueTask<int>> Input()
    {
        var input = Console.OpenStandardInput();
        if (NetworkChoice.IsLab) return (buffer, _) => ValueTask.FromResult(input.Read(buffer.Span));
        return async (buffer, cancellation) => await Task.Run(() => input.Read(buffer.Span), CancellationToken.None).WaitAsync(cancellation);
    }

    /// <summary>Octets that are already there, then the end.</summary>
    public static Func<Memory<byte>, CancellationToken, ValueTask<int>> Of(ReadOnlyMemory<byte> octets)
    {
        var rest = octets;
        return (buffer, _) =>
        {
            var count = Math.Min(buffer.Length, rest.Length);
            rest[..count].CopyTo(buffer);
            rest = rest[count..];
            return ValueTask.FromResult(count);
        };
    }

    /// <summary>Reads standard input to its end, or to one octet more than a limit.</summary>
    public static async Task<byte[]> ReadAllAsync(int limit, CancellationToken cancellation)
    {
        var read = Input();
        var buffer = new byte[limit + 1];
        var length = 0;
        while (length < buffer.Length && await read(buffer.AsMemory(length), cancellation) is > 0 and var count) length += count;
        return buffer[..length];
    }
}
