using Fathom.Probes.Application.Dns.Iterative;

namespace Fathom.Services.Application.Dns;

/// <summary>What became of a client's question.</summary>
/// <param name="Outcome">How its resolution ended; null: it did not end in time, or did not begin.</param>
/// <param name="IsRefused">It did not begin: too many others were under way.</param>
/// <param name="IsRemembered">It is a failure of before.</param>
internal readonly record struct QuestionOutcome(IterativeOutcome? Outcome, bool IsRefused = false, bool IsRemembered = false);
