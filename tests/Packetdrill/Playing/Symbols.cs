using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Linux's constants that calls are given.</summary>
internal static class Symbols
{
    private static readonly Dictionary<string, long> Values = new(StringComparer.Ordinal)
    {
        ["NULL"] = 0,
        ["AF_INET"] = 2,
        ["AF_INET6"] = 10,
        ["AF_UNSPEC"] = 0,
        ["SOCK_STREAM"] = 1,
        ["SOCK_DGRAM"] = 2,
        ["SOCK_NONBLOCK"] = 0x800,
        ["SOCK_CLOEXEC"] = 0x80000,
        ["IPPROTO_IP"] = 0,
        ["IPPROTO_TCP"] = 6,
        ["IPPROTO_UDP"] = 17,
        ["IPPROTO_IPV6"] = 41,
        ["SHUT_RD"] = 0,
        ["SHUT_WR"] = 1,
        ["SHUT_RDWR"] = 2,
        ["F_GETFL"] = 3,
        ["F_SETFL"] = 4,
        ["O_RDONLY"] = 0,
        ["O_WRONLY"] = 1,
        ["O_RDWR"] = 2,
        ["O_NONBLOCK"] = 0x800,
        ["MSG_PEEK"] = 2,
        ["MSG_TRUNC"] = 0x20,
        ["MSG_DONTWAIT"] = 0x40,
        ["MSG_EOR"] = 0x80,
        ["MSG_WAITALL"] = 0x100,
        ["MSG_OOB"] = 1,
        ["MSG_MORE"] = 0x8000,
        ["MSG_NOSIGNAL"] = 0x4000,
        ["MSG_ERRQUEUE"] = 0x2000,
        ["MSG_ZEROCOPY"] = 0x4000000,
        ["MSG_FASTOPEN"] = 0x20000000,
        ["POLLIN"] = 1,
        ["POLLPRI"] = 2,
        ["POLLOUT"] = 4,
        ["POLLERR"] = 8,
        ["POLLHUP"] = 0x10,
        ["POLLNVAL"] = 0x20,
        ["POLLRDHUP"] = 0x2000,
        ["POLLRDNORM"] = 0x40,
        ["POLLWRNORM"] = 0x100,
        ["EPOLLIN"] = 1,
        ["EPOLLPRI"] = 2,
        ["EPOLLOUT"] = 4,
        ["EPOLLERR"] = 8,
        ["EPOLLHUP"] = 0x10,
        ["EPOLLRDNORM"] = 0x40,
        ["EPOLLWRNORM"] = 0x100,
        ["EPOLLRDHUP"] = 0x2000,
        ["EPOLLONESHOT"] = 1 << 30,
        ["EPOLLET"] = 1L << 31,
        ["EPOLL_CTL_ADD"] = 1,
        ["EPOLL_CTL_DEL"] = 2,
        ["EPOLL_CTL_MOD"] = 3,
        ["IP_PMTUDISC_DONT"] = 0,
        ["IP_PMTUDISC_WANT"] = 1,
        ["IP_PMTUDISC_DO"] = 2,
        ["IP_PMTUDISC_PROBE"] = 3,
        ["IPV6_PMTUDISC_DONT"] = 0,
        ["IPV6_PMTUDISC_WANT"] = 1,
        ["IPV6_PMTUDISC_DO"] = 2,
        ["IPV6_PMTUDISC_PROBE"] = 3,
        ["EPERM"] = 1,
        ["EINTR"] = 4,
        ["EAGAIN"] = 11,
        ["EPIPE"] = 32,
        ["EMSGSIZE"] = 90,
        ["ENETUNREACH"] = 101,
        ["ECONNRESET"] = 104,
        ["ETIMEDOUT"] = 110,
        ["ECONNREFUSED"] = 111,
        ["EHOSTUNREACH"] = 113,
    };

    /// <summary>The number that an expression stands for; null where it is none, or names something unknown.</summary>
    public static long? Evaluate(Expression expression) => expression switch
    {
        Expression.Number number => number.Value,
        Expression.Symbol symbol => Values.TryGetValue(symbol.Name, out var value) ? value : null,
        Expression.Union union => Evaluate(union.Left) | Evaluate(union.Right),
        Expression.List { Items: [var only] } => Evaluate(only),
        Expression.Call { Name: "htons" or "htonl", Arguments: [var only] } => Evaluate(only),
        _ => null,
    };

    /// <summary>Names of events, for messages.</summary>
    public static string Events(long events)
    {
        string[] names = [.. Values.Where(v => v.Key.StartsWith("POLL", StringComparison.Ordinal) && (events & v.Value) != 0).Select(static v => v.Key)];
        return names.Length == 0 ? "0" : string.Join('|', names);
    }
}
