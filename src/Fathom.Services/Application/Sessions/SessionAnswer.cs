namespace Fathom.Services.Application.Sessions;

/// <summary>What a <see cref="SessionSite"/> answers.</summary>
/// <param name="Body">The text, ASCII.</param>
/// <param name="SetCookies">The values of its Set-Cookie fields.</param>
public sealed record SessionAnswer(string Body, IReadOnlyList<string> SetCookies)
{
    /// <summary>The status code of the response, from 200 to 599.</summary>
    public int Status { get; init; } = 200;
}
