namespace Packetdrill.Playing;

/// <summary>A packet that the endpoint under test sent.</summary>
/// <param name="At">When.</param>
/// <param name="Bytes">The IP packet.</param>
internal sealed record SeenPacket(TimeSpan At, byte[] Bytes);
