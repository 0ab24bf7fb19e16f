using System.Diagnostics.CodeAnalysis;

namespace Fathom.Hosts;

/// <summary>What a host answered: the value, or why it could not be had. The default value is a refusal without a reason.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct HostResult<T>
    where T : class
{
    private static readonly HostRefusal NoAnswer = new(HostRefusalKind.Failed, "The host gave no answer.");
    private readonly HostRefusal? _refusal;

    /// <summary>Makes a result with a value.</summary>
    /// <param name="value">The value.</param>
    public HostResult(T value) => Value = value;

    /// <summary>Makes a refusal.</summary>
    /// <param name="refusal">The reason.</param>
    public HostResult(HostRefusal refusal) => _refusal = refusal;

    /// <summary>The value, or null where the host refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal, or null where there is a value.</summary>
    public HostRefusal? Refusal => Value is null ? _refusal ?? NoAnswer : null;

    /// <summary>Takes the result apart: true with a value, false with a refusal.</summary>
    /// <param name="value">The value, where true.</param>
    /// <param name="refusal">The refusal, where false.</param>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out HostRefusal? refusal)
    {
        value = Value;
        refusal = Refusal;
        return value is not null;
    }

    /// <summary>Wraps a value.</summary>
    public static implicit operator HostResult<T>(T value) => new(value);

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator HostResult<T>(HostRefusal refusal) => new(refusal);
}
