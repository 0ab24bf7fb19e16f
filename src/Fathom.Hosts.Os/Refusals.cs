using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os;

/// <summary>Turns the errors of system calls into refusals.</summary>
internal static class Refusals
{
    /// <summary>A refusal for an errno of Linux.</summary>
    /// <param name="what">What failed, as the beginning of a sentence: "A UDP socket cannot be opened".</param>
    /// <param name="error">The errno.</param>
    /// <param name="remedy">What a person can do, where the errno alone does not tell.</param>
    public static HostRefusal FromErrno(string what, int error, string? remedy = null)
        => new(KindOf(error), $"{what}: {Errno.Describe(error)}.", remedy ?? RemedyFor(error));

    private static HostRefusalKind KindOf(int error) => error switch
    {
        Errno.NotPermitted or Errno.AccessDenied => HostRefusalKind.NotPermitted,
        Errno.FamilyNotSupported or Errno.ProtocolNotSupported or Errno.NotImplemented or Errno.NotSupported => HostRefusalKind.NotSupported,
        Errno.AddressInUse => HostRefusalKind.AddressInUse,
        _ => HostRefusalKind.Failed,
    };

    private static string? RemedyFor(int error) => error switch
    {
        Errno.TooManyFiles => "Raise the limit of open files (ulimit -n), or do less at once.",
        _ => null,
    };
}
