namespace Fathom.Lab;

/// <summary>Nothing is left that could happen in a lab, and what was to run in it is not done: it waits for something outside of the lab.</summary>
public sealed class LabStillException : InvalidOperationException
{
    /// <summary>Makes one.</summary>
    public LabStillException()
        : base("Nothing is left that could happen in the lab, and what was to run is not done.")
    {
    }

    /// <inheritdoc/>
    public LabStillException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public LabStillException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
