using Fathom.Hosts;

namespace Fathom.Services.Transport;

/// <summary>Sends the date and the time, in UTC, and closes (RFC 867).</summary>
/// <param name="host">The host, for its clock.</param>
public sealed class DaytimeService(INetworkHost host) : IStreamService
{
    /// <inheritdoc/>
    public async ValueTask ServeAsync(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        await session.WriteAsync(Daytime.Long(host.Time));
    }
}
