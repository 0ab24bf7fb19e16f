namespace Fathom.Diagnosis;

/// <summary>Why an address is examined.</summary>
public enum SubjectRole
{
    /// <summary>It is the target's.</summary>
    Target,

    /// <summary>It is a resolver's, and the name did not resolve.</summary>
    Resolver,

    /// <summary>Any far address: the resolver is on this host, and nothing else is known.</summary>
    AnyFarHost,
}
