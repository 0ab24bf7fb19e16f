namespace Fathom.Wire;

/// <summary>
/// Where the fields of an element of variable length stand: of an option, a record, an extension object. First the fields that are
/// always there, then a group that repeats to the element's end, or octets that take the rest.
/// </summary>
public sealed class ElementLayout
{
    private readonly FieldSpec[] _fields;
    private readonly FieldSpec[] _repeated;

    internal ElementLayout(string name, string spec, FieldSpec[] fields, FieldSpec[]? repeated = null, string? rest = null, int framing = 2)
    {
        Name = name;
        Spec = spec;
        Rest = rest;
        _fields = fields;
        _repeated = repeated ?? [];
        FixedLength = EndOf(_fields);
        GroupLength = EndOf(_repeated);
        QualifiedFields = Array.ConvertAll(_fields[Math.Min(framing, _fields.Length)..], Qualify);
        QualifiedRepeated = Array.ConvertAll(_repeated, Qualify);
        QualifiedRest = rest is null ? null : $"{name}.{rest}";
    }

    /// <summary>The specification's name in camel case: "recordRoute".</summary>
    public string Name { get; }

    /// <summary>The clause that defines the element: "RFC 791 §3.1".</summary>
    public string Spec { get; }

    /// <summary>The fields that are always there, from the element's first octet on, its type and length among them.</summary>
    public ReadOnlySpan<FieldSpec> Fields => _fields;

    /// <summary>The group that follows them as often as it fits; offsets count from the group's first bit. Empty for none.</summary>
    public ReadOnlySpan<FieldSpec> Repeated => _repeated;

    /// <summary>The name of the octets between the last field and the element's end, or null.</summary>
    public string? Rest { get; }

    /// <summary>Octets that <see cref="Fields"/> take.</summary>
    public int FixedLength { get; }

    /// <summary>Octets of one <see cref="Repeated"/> group; 0 for none.</summary>
    public int GroupLength { get; }

    /// <summary>The fields behind the element's type and length, under the element's name: "recordRoute.pointer".</summary>
    internal FieldSpec[] QualifiedFields { get; }

    /// <summary>The group under the element's name.</summary>
    internal FieldSpec[] QualifiedRepeated { get; }

    /// <summary>The rest under the element's name.</summary>
    internal string? QualifiedRest { get; }

    private static int EndOf(FieldSpec[] rows) => rows.Length == 0 ? 0 : (rows[^1].BitOffset + rows[^1].BitLength) / 8;

    private FieldSpec Qualify(FieldSpec field) => field with { Name = $"{Name}.{field.Name}" };
}
