namespace Fathom.Diagnosis;

/// <summary>One figure or word of a stage.</summary>
/// <param name="Name">Its name in the JSON document, in camel case; a duration's name ends in "Milliseconds".</param>
/// <param name="Value">string, bool, int, long, double, TimeSpan (written as milliseconds), a list of strings, or a list of lists of facts.</param>
public sealed record Fact(string Name, object Value);
