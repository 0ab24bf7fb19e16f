namespace Fathom.Wire.Tests.Dissection;

/// <summary>A view with a valid sample, for the tests that every view has to pass.</summary>
/// <param name="Name">The case.</param>
/// <param name="Layout">The view's rows.</param>
/// <param name="Sample">Valid bytes, exactly the protocol's own length.</param>
/// <param name="MinLength">Octets below which the view must refuse the sample's start.</param>
/// <param name="HasLength">Whether the protocol has a length of its own, so that bytes behind the sample are not its.</param>
/// <param name="Read">The properties by their rows' names, or the reason why the view refuses.</param>
/// <param name="Structural">Rows whose change may make the view refuse.</param>
public sealed record ViewCase(
    string Name,
    FieldSpec[] Layout,
    byte[] Sample,
    int MinLength,
    bool HasLength,
    Func<byte[], (Dictionary<string, object>? Properties, WireError Error)> Read,
    params string[] Structural)
{
    public override string ToString() => Name;
}
