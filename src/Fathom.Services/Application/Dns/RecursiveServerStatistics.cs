namespace Fathom.Services.Application.Dns;

/// <summary>What a recursive server has counted so far.</summary>
/// <param name="Queries">Queries answered.</param>
/// <param name="Refused">Of these, those of clients that it does not serve.</param>
/// <param name="Resolutions">Resolutions begun; equal questions at one time are one.</param>
/// <param name="QueriesSent">Questions that it asked other servers.</param>
/// <param name="Failures">Resolutions that came to nothing.</param>
/// <param name="Outstanding">Resolutions under way now.</param>
/// <param name="CacheEntries">Entries in its cache now.</param>
public sealed record RecursiveServerStatistics(long Queries, long Refused, long Resolutions, long QueriesSent, long Failures, int Outstanding, int CacheEntries);
