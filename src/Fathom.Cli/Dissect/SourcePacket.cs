namespace Fathom.Cli.Dissect;

/// <summary>One packet of what is dissected.</summary>
/// <param name="Number">From 1.</param>
/// <param name="UnixNanoseconds">When; null where the input does not say.</param>
/// <param name="LinkType">What the bytes begin with.</param>
/// <param name="Bytes">The octets kept. Where they come from a file they are lent, see <see cref="PacketSource.Read"/>.</param>
/// <param name="OriginalLength">Octets on the link.</param>
/// <param name="Interface">The interface's name, or null. Text from the file.</param>
/// <param name="Comments">Remarks. Text from the file.</param>
internal sealed record SourcePacket(
    int Number, long? UnixNanoseconds, int LinkType, ReadOnlyMemory<byte> Bytes, long OriginalLength, string? Interface, IReadOnlyList<string> Comments);
