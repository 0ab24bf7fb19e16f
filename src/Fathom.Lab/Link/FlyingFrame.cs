using Fathom.Stack.Buffers;

namespace Fathom.Lab.Link;

/// <summary>A frame on a link, and when it arrives.</summary>
internal readonly record struct FlyingFrame(TimeSpan At, PacketBuffer Frame);
