namespace Fathom.Wire.Application.Urls;

/// <summary>Joining_Type, in the order of the generated table.</summary>
internal enum JoiningType : byte
{
    None,
    Causing,
    Dual,
    Left,
    Right,
    Transparent,
}
