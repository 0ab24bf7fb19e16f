using System.Diagnostics.CodeAnalysis;

namespace Fathom.Stack.Buffers;

/// <summary>A queue that takes no memory until something waits in it: of the hosts of a large lab most never use most of theirs. A field of it must not be readonly.</summary>
/// <typeparam name="T">What waits.</typeparam>
internal struct LazyQueue<T>
{
    private Queue<T>? _items;

    public readonly int Count => _items?.Count ?? 0;

    public void Enqueue(T item) => (_items ??= new Queue<T>()).Enqueue(item);

    public readonly T Dequeue() => _items!.Dequeue();

    public readonly bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        item = default;
        return _items is not null && _items.TryDequeue(out item);
    }

    public readonly bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        item = default;
        return _items is not null && _items.TryPeek(out item);
    }

    public readonly void Clear() => _items?.Clear();
}
