namespace Packetdrill.Playing;

/// <summary>A packet that the endpoint under test sent.</summary>
/// <param name="At">When.</param>
/// <param name="Bytes">The IP packet.</param>
/// <param name="MoreWaits">Octets waited to be sent behind it: where a burst is cut is then the sender's own affair, and so is PSH (RFC 9293 §3.9.1.2).</param>
internal sealed record SeenPacket(TimeSpan At, byte[] Bytes, bool MoreWaits = false);
