using Fathom.Wire.Link;

namespace Fathom.Probes.Link;

/// <summary>One station that said that an address is its own.</summary>
/// <param name="Mac">Its MAC address.</param>
/// <param name="After">From the question to its answer, by the times at which the host captured them.</param>
/// <param name="IsRouter">It says that it is a router (neighbor advertisements only).</param>
/// <param name="Frame">The answer's number in the evidence: "packet:2".</param>
public sealed record WhoHasAnswer(MacAddress Mac, TimeSpan After, bool IsRouter, string Frame);
