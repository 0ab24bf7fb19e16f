using Fathom.Stack.Link;

namespace Fathom.Stack.Tests.Support;

/// <summary>An interface of a stack that is plugged into a <see cref="VirtualWire"/>.</summary>
internal sealed record WirePort(NetworkStack Stack, NetworkInterface Interface);
