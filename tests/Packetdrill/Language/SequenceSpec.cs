using System.Globalization;

namespace Packetdrill.Language;

/// <summary><c>first:end(length)</c>, counted from the sender's initial sequence number.</summary>
internal readonly record struct SequenceSpec(uint First, uint End, int Length)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}:{End}({Length})");
}
