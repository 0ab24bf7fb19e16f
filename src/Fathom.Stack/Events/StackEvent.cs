namespace Fathom.Stack.Events;

/// <summary>Something that a machine of the stack did, or decided, with its reason. Each layer has its own kinds.</summary>
/// <param name="At">When, in the driver's time.</param>
public abstract record StackEvent(TimeSpan At);
