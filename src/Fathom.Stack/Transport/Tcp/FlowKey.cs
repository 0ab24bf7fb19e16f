using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What tells one connection from every other (RFC 9293 §3.4.1).</summary>
/// <param name="Local">This end.</param>
/// <param name="Remote">The other end.</param>
internal readonly record struct FlowKey(IpEndpoint Local, IpEndpoint Remote);
