using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Two ends of a path. A source that nobody asked for is the unspecified address.</summary>
internal readonly record struct AddressPair(IpAddress Source, IpAddress Destination);
