using Fathom.Hosts.Link;

namespace Fathom.Probes.Evidence;

/// <summary>One piece of evidence: a captured packet, what a socket call returned, or what the kernel said.</summary>
/// <param name="Id">"packet:N", "socket:N" or "kernel:N"; unique within one <see cref="EvidenceLog"/>.</param>
/// <param name="At">When, from the start of the log.</param>
/// <param name="Summary">One line for a person; text from the network is escaped.</param>
/// <param name="Frame">The frame, for a packet; else null.</param>
public sealed record EvidenceItem(string Id, TimeSpan At, string Summary, CapturedFrame? Frame = null);
