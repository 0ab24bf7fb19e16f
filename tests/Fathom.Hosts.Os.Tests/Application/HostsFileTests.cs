using Fathom.Hosts.Os.Application;

namespace Fathom.Hosts.Os.Tests.Application;

/// <summary>The hosts file, compared with what `getent ahosts` of glibc 2.36 found in the same text.</summary>
public sealed class HostsFileTests
{
    private const string Text = """
        127.0.0.1 localhost
        fe80::1%lo zoned
        fe80::2%1 zoned2
        ::1 six six-alias # comment
         10.1.2.3	lead
        10.1.2.4 mixed MiXeD2
        10.1.2.5
        10.1.2 short
        010.1.2.3 octal
        10.1.2.6 multi#glued
        10.1.2.7 multi
        # 10.1.2.8 gone
        fd00::7 multi
        """;

    [Fact]
    public void Entries_are_those_of_glibc()
    {
        var entries = HostsFile.Parse(Text);
        Assert.Equal(
            [
                "1 127.0.0.1 localhost", "4 ::1 six six-alias", "5 10.1.2.3 lead", "6 10.1.2.4 mixed MiXeD2", "10 10.1.2.6 multi", "11 10.1.2.7 multi", "13 fd00::7 multi",
            ],
            entries.Select(entry => $"{entry.Line} {entry.Address} {string.Join(' ', entry.Names)}"));
    }

    [Fact]
    public void A_file_from_elsewhere_has_CR_LF_and_is_read()
        => Assert.Equal("host", HostsFile.Parse("10.0.0.1 host\r\n10.0.0.2 other\r\n")[0].Names.Single());

    [Theory]
    [InlineData("hosts: files dns", true)]
    [InlineData("hosts:files", true)]
    [InlineData("  hosts :\tdns [NOTFOUND=return] files", true)]
    [InlineData("hosts: dns[NOTFOUND=return]files", true)]
    [InlineData("hosts: dns", false)]
    [InlineData("hosts: dns [!UNAVAIL=return] # files", false)]
    [InlineData("hosts: myfiles [files", false)]
    [InlineData("#hosts: dns", true)]
    [InlineData("passwd: files\n", true)] // glibc's default is "files dns"
    [InlineData("", true)]
    public void Nsswitch_says_whether_the_file_takes_part(string text, bool expected) => Assert.Equal(expected, NsswitchConf.UsesHostsFile(text));
}
