using System.Globalization;

namespace Packetdrill.Language;

/// <summary>Why a script cannot be read.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in it, from 1.</param>
/// <param name="Message">What was expected there.</param>
internal sealed record ScriptError(int Line, int Column, string Message)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {Message}");
}
