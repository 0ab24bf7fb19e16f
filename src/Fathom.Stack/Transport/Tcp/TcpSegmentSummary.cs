using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>A segment's fields, for whoever watches. Numbers are relative to the initial ones where those are known; a SYN's own, which is the initial one, stays as it is.</summary>
/// <param name="Flags">The control bits.</param>
/// <param name="Sequence">The sequence number.</param>
/// <param name="Acknowledgment">The acknowledgment number; counts with ACK.</param>
/// <param name="Length">Octets of data.</param>
/// <param name="Window">The window in octets, scaled.</param>
/// <param name="Options">The options; the numbers of SACK blocks are relative as <paramref name="Acknowledgment"/> is.</param>
public readonly record struct TcpSegmentSummary(TcpFlags Flags, uint Sequence, uint Acknowledgment, int Length, int Window, TcpOptions Options)
{
    /// <summary>Options whose SACK blocks count from the initial number of the side that is acknowledged.</summary>
    internal static TcpOptions Relative(in TcpOptions options, SequenceNumber initial)
    {
        if (options.SackBlocks.Count == 0) return options;
        Span<TcpSackBlock> blocks = stackalloc TcpSackBlock[TcpSackBlocks.MaxCount];
        for (var i = 0; i < options.SackBlocks.Count; i++)
        {
            var block = options.SackBlocks[i];
            blocks[i] = new TcpSackBlock(new SequenceNumber(block.Left - initial), new SequenceNumber(block.Right - initial));
        }

        return options with { SackBlocks = new TcpSackBlocks(blocks[..options.SackBlocks.Count]) };
    }
}
