namespace Fathom.Stack.Tests.Support;

/// <summary>A frame that was put on a <see cref="VirtualWire"/>.</summary>
internal sealed record WireFrame(TimeSpan At, WirePort From, byte[] Bytes);
