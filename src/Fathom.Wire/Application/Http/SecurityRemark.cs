namespace Fathom.Wire.Application.Http;

/// <summary>One remark on the security of a response's fields.</summary>
/// <param name="Kind">What.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Rule">The specification: "RFC 6797 §6.1".</param>
/// <param name="Detail">A phrase for a person; text of the peer is in it only escaped.</param>
public sealed record SecurityRemark(SecurityRemarkKind Kind, string Field, string Rule, string Detail);
