namespace Fathom.Hosts.Os.Linux.Netlink;

/// <summary>Takes one message of a reply.</summary>
/// <param name="type">RTM_*.</param>
/// <param name="body">The message after its header.</param>
internal delegate void NetlinkMessageHandler(ushort type, ReadOnlySpan<byte> body);
