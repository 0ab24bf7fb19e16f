namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a <see cref="FlowTable"/> holds: a connection, one that is half open, or one in TIME-WAIT.</summary>
internal interface IFlow
{
    /// <summary>Its ends.</summary>
    ref readonly FlowKey Key { get; }
}
