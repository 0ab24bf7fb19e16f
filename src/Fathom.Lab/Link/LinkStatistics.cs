namespace Fathom.Lab.Link;

/// <summary>What one direction of a link has done so far.</summary>
/// <param name="Frames">Frames that arrived.</param>
/// <param name="Octets">Their octets.</param>
/// <param name="Lost">Frames lost by chance.</param>
/// <param name="QueueDrops">Frames dropped since the queue was full, or too slow.</param>
/// <param name="TooLarge">Frames that were larger than the link carries.</param>
/// <param name="Marked">Packets marked with congestion experienced.</param>
/// <param name="Corrupted">Frames in which a bit was turned over.</param>
/// <param name="Duplicated">Frames that arrived twice.</param>
/// <param name="Reordered">Frames that were overtaken.</param>
public readonly record struct LinkStatistics(long Frames, long Octets, long Lost, long QueueDrops, long TooLarge, long Marked, long Corrupted, long Duplicated, long Reordered);
