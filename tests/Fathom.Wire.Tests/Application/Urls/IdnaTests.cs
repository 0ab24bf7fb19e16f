using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>Punycode by the samples of RFC 3492 §7.1, UTS #46 by its own text, names by RFC 5891 to 5893.</summary>
public sealed class IdnaTests
{
    [Theory]
    [InlineData("\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F", "egbpdaj6bu4bxfgehfvwxn")] // A
    [InlineData("\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587", "ihqwcrb4cv8a8dqg056pqjye")] // B
    [InlineData("Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky", "Proprostnemluvesky-uyb24dma41a")] // D
    [InlineData("3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "3B-ww4c5e180e575a65lsy2b")] // L
    [InlineData("\u5B89\u5BA4\u5948\u7F8E\u6075-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n")] // M
    [InlineData("\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067", "d9juau41awczczp")] // R
    [InlineData("-> $1.00 <-", "-> $1.00 <--")] // S
    public void Punycode_samples(string text, string encoded)
    {
        Assert.True(Punycode.TryEncode(text, out var result));
        Assert.Equal(encoded, result);
        Assert.True(Punycode.TryDecode(encoded, out result));
        Assert.Equal(text, result);
    }

    [Theory]
    [InlineData("a-\u00FC")]
    [InlineData("999999999999")]
    [InlineData("a-b!")]
    [InlineData("zz")]
    public void What_is_no_Punycode_is_refused(string encoded) => Assert.False(Punycode.TryDecode(encoded, out _));

    [Fact]
    public void Punycode_has_a_limit()
    {
        Assert.True(Punycode.TryEncode(new string('\u00FC', Punycode.MaximumLength), out var encoded));
        Assert.True(encoded.Length > 0);
        Assert.False(Punycode.TryEncode(new string('\u00FC', Punycode.MaximumLength + 1), out _));
        Assert.False(Punycode.TryDecode(new string('a', Punycode.MaximumLength + 1), out _));
    }

    /// <summary>UTS #46 §4.5, §7.2 and RFC 5891 §4.2, RFC 5893 §2.</summary>
    [Theory]
    [InlineData("B\u00FCcher.example", "xn--bcher-kva.example")]
    [InlineData("\uFF22\u00FCcher\u3002example", "xn--bcher-kva.example")]
    [InlineData("fa\u00DF.de", "xn--fa-hia.de")]
    [InlineData("\u03B2\u03CC\u03BB\u03BF\u03C2.com", "xn--nxasmm1c.com")]
    [InlineData("\u05D0.example", "xn--4db.example")]
    [InlineData("\u30C6\u30B9\u30C8.jp", "xn--zckzah.jp")]
    [InlineData("\U0001F600.example", "xn--e28h.example")]
    public void To_ASCII_and_back(string name, string ascii)
    {
        Assert.True(Idna.TryToAscii(name, IdnaOptions.Url, out var result, out var error), error.ToString());
        Assert.Equal(ascii, result);
        var unicode = Idna.ToUnicode(result, IdnaOptions.Url, out error);
        Assert.False(error.IsError);
        Assert.True(Idna.TryToAscii(unicode, IdnaOptions.Url, out var again, out _));
        Assert.Equal(ascii, again);
    }

    [Theory]
    [InlineData("a\u2FF0b", IdnaOptions.Url, IdnaErrorKind.DisallowedCodePoint)]
    [InlineData("xn--\u00FC", IdnaOptions.Url, IdnaErrorKind.InvalidPunycode)]
    [InlineData("xn--a.\u00DF", IdnaOptions.Url, IdnaErrorKind.DisallowedCodePoint)] // decodes to U+0080
    [InlineData("xn--0.\u00DF", IdnaOptions.Url, IdnaErrorKind.InvalidPunycode)]
    [InlineData("xn--abc-.\u00DF", IdnaOptions.Url, IdnaErrorKind.InvalidPunycode)]
    [InlineData("\u0301a", IdnaOptions.Url, IdnaErrorKind.LeadingMark)]
    [InlineData("a\u200Db", IdnaOptions.Url, IdnaErrorKind.Joiner)]
    [InlineData("a\u05D0", IdnaOptions.Url, IdnaErrorKind.Bidi)]
    [InlineData("1.\u05D0", IdnaOptions.Url, IdnaErrorKind.Bidi)]
    [InlineData("-\u00FC", IdnaOptions.Strict, IdnaErrorKind.Hyphens)]
    [InlineData("ab--\u00FC", IdnaOptions.Strict, IdnaErrorKind.Hyphens)]
    [InlineData("a_b", IdnaOptions.Strict, IdnaErrorKind.DisallowedCodePoint)]
    [InlineData("a..b", IdnaOptions.Strict, IdnaErrorKind.EmptyLabel)]
    [InlineData("", IdnaOptions.Strict, IdnaErrorKind.EmptyLabel)]
    public void Refusals_have_a_reason(string name, IdnaOptions options, IdnaErrorKind kind)
    {
        Assert.False(Idna.TryToAscii(name, options, out _, out var error));
        Assert.Equal(kind, error.Kind);
        Assert.NotEmpty(error.ToString());
        Assert.Equal(name, Idna.ToUnicode(name, options & ~IdnaOptions.VerifyDnsLength, out error));
    }

    [Fact]
    public void Lengths_are_those_of_the_DNS()
    {
        Assert.True(Idna.TryToAscii(new string('a', 63) + ".example.", IdnaOptions.Strict, out _, out _));
        Assert.False(Idna.TryToAscii(new string('a', 64), IdnaOptions.Strict, out _, out var error));
        Assert.Equal(IdnaErrorKind.LabelTooLong, error.Kind);
        Assert.False(Idna.TryToAscii(string.Join('.', Enumerable.Repeat(new string('a', 50), 6)), IdnaOptions.Strict, out _, out error));
        Assert.Equal(IdnaErrorKind.NameTooLong, error.Kind);
        Assert.Equal("17.0", Idna.UnicodeVersion);
    }

    [Theory]
    [InlineData("shop.example", 0, false)]
    [InlineData("b\u00FCcher.example", 0, false)]
    [InlineData("p\u0430ypal.example", 1, false)]
    [InlineData("\u0430\u0440\u0440\u04CF\u0435.com", 1, true)]
    [InlineData("\u043F\u0440\u0438\u043C\u0435\u0440.example", 0, false)]
    [InlineData("\u6771\u4EAC\u30C6\u30B9\u30C8\u3067abc.example", 0, false)]
    public void Scripts_are_looked_at(string name, int remarks, bool looksLatin)
    {
        var review = ScriptReview.Review(name);
        Assert.Equal(remarks, review.Count);
        Assert.All(review, r => Assert.Equal(looksLatin, r.LooksLatin));
    }
}
