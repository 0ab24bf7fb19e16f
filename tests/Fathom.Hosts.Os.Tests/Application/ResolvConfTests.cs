using Fathom.Hosts.Os.Application;

namespace Fathom.Hosts.Os.Tests.Application;

/// <summary>
/// resolv.conf, compared with what __res_ninit of glibc 2.36 (Debian 12) made of the same text: servers, search list, ndots, timeout, attempts.
/// Where glibc adds 127.0.0.1 for want of a server, the list here is empty.
/// </summary>
public sealed class ResolvConfTests
{
    public static TheoryData<string, string> Servers => new()
    {
        { "nameserver 192.0.2.1\n", "192.0.2.1" },
        { "nameserver 192.0.2.1", "192.0.2.1" },
        { "", "" },
        { "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 2001:db8::3\nnameserver 192.0.2.4\n", "192.0.2.1 192.0.2.2 2001:db8::3" },
        { "nameserver 127.1\nnameserver 0x7f000002\nnameserver 010.0.0.1\n", "127.0.0.1 127.0.0.2 8.0.0.1" },
        { "nameserver 1.2.3\n", "1.2.0.3" },
        { "nameserver ::1\nnameserver 0\n", "::1 0.0.0.0" },
        { " nameserver 192.0.2.1\n", "" },
        { "nameserver\t 192.0.2.1 trailing\n", "192.0.2.1" },
        { "nameserver 192.0.2.1# no comment\nnameserver 192.0.2.2 # comment\n", "192.0.2.2" },
        { "#nameserver 192.0.2.1\n;nameserver 192.0.2.2\n", "" },
        { "nameserver192.0.2.1\nNAMESERVER 192.0.2.2\nnameserver 192.0.2.3:53\nnameserver [::1]\nnameserver dns.example\nnameserver 192.0.2.300\n", "" },
        { "nameserver fe80::2%1\nnameserver fe80::3%nosuch\n", "fe80::2%1 fe80::3" },
        { "nameserver 2001:db8::1%7\n", "2001:db8::1%7" },
        { "nameserver ::ffff:192.0.2.1\n", "::ffff:192.0.2.1" },
        { "nameserver 192.0.2.1%lo\n", "" },
        { "nameserver 192.0.2.1\r\n", "" }, // the CR belongs to the address
    };

    public static TheoryData<string, string?, string> SearchLists => new()
    {
        { "search a.example b.example\tc.example\n", null, "a.example b.example c.example" },
        { "search a.example\nsearch b.example.\n", null, "b.example" },
        { "search a.example b.example\ndomain c.example d.example\n", null, "c.example" },
        { "domain c.example\nsearch a.example\n", null, "a.example" },
        { "search\nsearch \nsearch a.example\nsearch   \n", null, "a.example" },
        { "search a.example # b\n", null, "a.example # b" },
        { "search 1.example 2.example 3.example 4.example 5.example 6.example\n", null, "1.example 2.example 3.example 4.example 5.example 6.example" },
        { "search .\n", null, "" },
        { "search a.example\n", "l.example m.example", "l.example m.example" },
        { "search a.example\n", "l.example\nm.example", "l.example" },
        { "search a.example\n", "", "" },
        { "domain a.example\n", " l.example\tm.example ", "l.example m.example" },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public void Servers_are_those_of_glibc(string text, string expected)
        => Assert.Equal(expected, string.Join(' ', ResolvConf.Parse(text, null, null).Servers.Select(server => server.Address)));

    [Fact]
    public void A_zone_may_be_an_interfaces_name()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The loopback interface has another name.");
        Assert.Equal(1u, ResolvConf.Parse("nameserver fe80::1%lo\n", null, null).Servers[0].Address.Zone);
    }

    [Theory]
    [MemberData(nameof(SearchLists))]
    public void The_search_list_is_that_of_glibc(string text, string? localDomain, string expected)
        => Assert.Equal(expected, string.Join(' ', ResolvConf.Parse(text, localDomain, null).Search!));

    [Theory]
    [InlineData("", null, 1, 5, 2)]
    [InlineData("options ndots:3 timeout:9 attempts:4 rotate\n", null, 3, 9, 4)]
    [InlineData("options ndots:99 timeout:99 attempts:99\n", null, 15, 30, 5)]
    [InlineData("options ndots:0 timeout:0 attempts:0\n", null, 0, 1, 0)] // 0 seconds are 1 when it comes to asking (res_send.c)
    [InlineData("options ndots:-1 timeout:-1 attempts:-1\n", null, 15, 1, 0)]
    [InlineData("options ndots:\n", null, 0, 5, 2)]
    [InlineData("options ndots:2\noptions timeout:3\noptions ndots:x\n", null, 0, 3, 2)]
    [InlineData("options ndots:2\tattempts:3 xndots:5\n", null, 2, 5, 3)]
    [InlineData("options attempts:3,ndots:4\n", null, 1, 5, 3)]
    [InlineData("options ndots:2\n", "ndots:5 attempts:1", 5, 5, 1)]
    public void Options_are_those_of_glibc(string text, string? resOptions, int ndots, int timeout, int attempts)
    {
        var flags = ResolvConf.Parse(text, null, resOptions).Flags;
        Assert.Equal((ndots, timeout, attempts), (flags.Ndots, flags.Timeout, flags.Attempts));
    }
}
