using System.Globalization;
using System.Runtime.InteropServices;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>Error numbers of Linux on x64 and arm64 (asm-generic/errno.h).</summary>
internal static class Errno
{
    public const int NotPermitted = 1; // EPERM
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int InputOutput = 5; // EIO
    public const int NoSuchDeviceOrAddress = 6; // ENXIO
    public const int Again = 11; // EAGAIN
    public const int NoMemory = 12; // ENOMEM
    public const int AccessDenied = 13; // EACCES
    public const int Busy = 16; // EBUSY
    public const int Exists = 17; // EEXIST
    public const int NoDevice = 19; // ENODEV
    public const int InvalidArgument = 22; // EINVAL
    public const int FileTableFull = 23; // ENFILE
    public const int TooManyFiles = 24; // EMFILE
    public const int BrokenPipe = 32; // EPIPE
    public const int NotImplemented = 38; // ENOSYS
    public const int NoNetwork = 64; // ENONET
    public const int Protocol = 71; // EPROTO
    public const int MessageSize = 90; // EMSGSIZE
    public const int BadDescriptorState = 77; // EBADFD
    public const int NoProtocolOption = 92; // ENOPROTOOPT
    public const int ProtocolNotSupported = 93; // EPROTONOSUPPORT
    public const int NotSupported = 95; // EOPNOTSUPP
    public const int FamilyNotSupported = 97; // EAFNOSUPPORT
    public const int AddressInUse = 98; // EADDRINUSE
    public const int AddressNotAvailable = 99; // EADDRNOTAVAIL
    public const int NetworkUnreachable = 101; // ENETUNREACH
    public const int ConnectionAborted = 103; // ECONNABORTED
    public const int ConnectionReset = 104; // ECONNRESET
    public const int NoBuffers = 105; // ENOBUFS
    public const int NotConnected = 107; // ENOTCONN
    public const int TimedOut = 110; // ETIMEDOUT
    public const int ConnectionRefused = 111; // ECONNREFUSED
    public const int HostDown = 112; // EHOSTDOWN
    public const int HostUnreachable = 113; // EHOSTUNREACH
    public const int InProgress = 115; // EINPROGRESS

    /// <summary>True for what the kernel makes of an ICMP or ICMPv6 error (icmp_err_convert in net/ipv4/icmp.c, icmpv6_err_convert in net/ipv6/icmp.c).</summary>
    public static bool IsMadeFromIcmp(int error) => error is ConnectionRefused or HostUnreachable or NetworkUnreachable
        or NoProtocolOption or Protocol or MessageSize or AccessDenied or NotSupported or NoNetwork or HostDown;

    /// <summary>The system's own words and the number: "Permission denied (errno 13)".</summary>
    public static string Describe(int error)
        => string.Create(CultureInfo.InvariantCulture, $"{Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
}
