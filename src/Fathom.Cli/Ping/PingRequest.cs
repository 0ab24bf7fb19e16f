using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary>A parsed command line of <c>fathom ping</c>, without its hosts.</summary>
/// <param name="Options">How requests are sent.</param>
/// <param name="Version">The IP version asked for, or null.</param>
/// <param name="Quiet">Only the summary.</param>
/// <param name="Names">Ask for names.</param>
internal sealed record PingRequest(PingOptions Options, IpVersion? Version, bool Quiet, bool Names);
