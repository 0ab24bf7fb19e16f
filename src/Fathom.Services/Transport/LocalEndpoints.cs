using Fathom.Hosts;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>Opens a server at all of its local endpoints, or at none.</summary>
internal static class LocalEndpoints
{
    /// <summary>Opens one socket an endpoint. Where the first chose its port, the others that leave it open get the same.</summary>
    /// <typeparam name="T">The kind of socket.</typeparam>
    /// <param name="wanted">The endpoints.</param>
    /// <param name="open">Opens one.</param>
    /// <param name="localOf">Where one was opened.</param>
    /// <returns>The sockets, or why one of them cannot be; those that were open are closed then.</returns>
    public static async ValueTask<HostResult<List<T>>> OpenAsync<T>(IEnumerable<IpEndpoint> wanted, Func<IpEndpoint, ValueTask<HostResult<T>>> open, Func<T, IpEndpoint> localOf)
        where T : class, IAsyncDisposable
    {
        var sockets = new List<T>();
        foreach (var endpoint in wanted)
        {
            var local = endpoint.Port == 0 && sockets.Count > 0 ? endpoint with { Port = localOf(sockets[0]).Port } : endpoint;
            var opened = await open(local);
            if (!opened.TryGet(out var socket, out var refusal))
            {
                foreach (var other in sockets) await other.DisposeAsync();
                return refusal;
            }

            sockets.Add(socket);
        }

        return sockets;
    }
}
