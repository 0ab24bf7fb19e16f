namespace Fathom.Stack.Internet;

/// <summary>A socket whose packets wait in <see cref="PendingSends"/>.</summary>
internal interface IPendingSender
{
    /// <summary>A packet has gone.</summary>
    /// <param name="octets">Its octets, as they were given.</param>
    void NoteSent(int octets);
}
