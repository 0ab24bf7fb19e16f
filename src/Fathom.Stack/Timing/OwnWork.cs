namespace Fathom.Stack.Timing;

/// <summary>
/// Whether a host may have something of its own to deliver or to send. Who puts something into one of its queues says so; once all were found empty it is false again. A router that passes
/// packets on then looks at none of them.
/// </summary>
internal sealed class OwnWork
{
    public bool MayExist { get; set; }
}
