using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>A call that blocks.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Call">The call.</param>
/// <param name="Try">Tries it again.</param>
/// <param name="End">When it must return.</param>
/// <param name="Tolerance">What the language allows there.</param>
internal sealed record WaitingCall(int Line, CallAction Call, Func<CallOutcome> Try, TimeSpan End, TimeSpan Tolerance);
