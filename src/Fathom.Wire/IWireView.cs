namespace Fathom.Wire;

/// <summary>
/// A checked view over the bytes of one protocol's header and payload. Reading is strict: a view that was
/// read has properties that cannot fail, and it is cut to the protocol's own length, so that padding never
/// reaches a payload.
/// </summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
public interface IWireView<TSelf>
    where TSelf : struct, IWireView<TSelf>, allows ref struct
{
    /// <summary>Checks the bytes and makes the view. Allocates nothing.</summary>
    /// <param name="bytes">From the first octet of this protocol's header on; may be longer than the packet.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">Why not, where the answer is false.</param>
    static abstract bool TryRead(ReadOnlySpan<byte> bytes, out TSelf view, out WireError error);

    /// <summary>The header's fields with their bit ranges, for trees, drawings and highlights.</summary>
    static abstract ReadOnlySpan<FieldSpec> Layout { get; }
}
