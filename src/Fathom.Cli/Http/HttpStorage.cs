using Fathom.Cli.Commands;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Where the body of one request goes instead of to the screen: opened when its head has come, so that a failure leaves an old file as it was.</summary>
/// <param name="run">The run.</param>
/// <param name="name">The file's name, "-" for standard output, or null for none.</param>
/// <param name="isWanted">Whether the body of such a response is wanted.</param>
internal sealed class HttpStorage(CommandRun run, string? name, Func<HttpResponseHead, bool> isWanted) : IDisposable
{
    private HttpBodyFile? _file;
    private string? _failure;

    /// <summary>Octets stored.</summary>
    public long Length => _file?.Length ?? 0;

    /// <summary>Opens the file for a response.</summary>
    /// <param name="head">The response's head.</param>
    public IHttpBodySink? For(HttpResponseHead head)
    {
        if (name is null || !isWanted(head)) return null;
        _file?.Dispose();
        return HttpBodyFile.TryCreate(name, out _file, out var reason) ? _file : new Refusing(_failure = reason);
    }

    /// <summary>Closes the file, having stored what had to be decoded in memory first; says how it went.</summary>
    /// <param name="journey">The journey.</param>
    /// <param name="isSilent">Say nothing of success.</param>
    /// <returns>The exit status.</returns>
    public int Finish(HttpJourney journey, bool isSilent)
    {
        if (name is null) return ExitStatus.Good;
        if (journey.Last.Answer is { IsStored: false } answer && name != "-" && isWanted(answer.Head))
        {
            if (!HttpBodyFile.TryCreate(name, out _file, out var reason)) return run.CannotTell(reason);
            if (_file!.Write(answer.Content.Content.Span) is { } why) return run.CannotTell(why);
        }

        if (_failure is { } unopened && journey.Last.Failure is not { Kind: HttpFailureKind.NotStored }) return run.CannotTell(unopened);
        if (_file?.Close() is { } unwritten) return run.CannotTell(unwritten);
        if (!isSilent && _file is not null && _failure is null) run.Errors.WriteLine(FormattableString.Invariant($"{_file.Length} octets in {TextSanitizer.Escape(name)}"));
        return ExitStatus.Good;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Takes nothing, and says why.</summary>
    private sealed class Refusing(string reason) : IHttpBodySink
    {
        public ValueTask<string?> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation) => ValueTask.FromResult<string?>(reason);
    }
}
