using System.Buffers;

namespace Fathom.Wire.Application.Urls;

/// <summary>Which characters are percent-encoded (URL Standard §1.3, "percent-encode set"). Every set has the C0 controls and all above U+007E.</summary>
public sealed class PercentEncodeSet
{
    private const string FragmentCharacters = " \"<>`";
    private const string QueryCharacters = " \"#<>";
    private const string PathCharacters = QueryCharacters + "?^`{}";
    private const string UserinfoCharacters = PathCharacters + "/:;=@[\\]|";
    private const string ComponentCharacters = UserinfoCharacters + "$%&+,";

    private PercentEncodeSet(string name, string characters)
    {
        Name = name;
        Kept = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(static c => (char)c).Where(c => !characters.Contains(c, StringComparison.Ordinal))]);
    }

    /// <summary>Controls and what is not ASCII, nothing else: opaque paths and opaque hosts.</summary>
    public static PercentEncodeSet C0Control { get; } = new("C0 control", "");

    /// <summary>A fragment's: also space " &lt; &gt; `.</summary>
    public static PercentEncodeSet Fragment { get; } = new("fragment", FragmentCharacters);

    /// <summary>A query's: also space " # &lt; &gt;.</summary>
    public static PercentEncodeSet Query { get; } = new("query", QueryCharacters);

    /// <summary>The query's of a special scheme: also the apostrophe.</summary>
    public static PercentEncodeSet SpecialQuery { get; } = new("special-query", QueryCharacters + "'");

    /// <summary>A path segment's: the query's and ? ^ ` { }.</summary>
    public static PercentEncodeSet Path { get; } = new("path", PathCharacters);

    /// <summary>A user name's and a password's: the path's and / : ; = @ [ \ ] |.</summary>
    public static PercentEncodeSet Userinfo { get; } = new("userinfo", UserinfoCharacters);

    /// <summary>For data put into any part: the userinfo's and $ % &amp; + ,. It is what JavaScript's encodeURIComponent does.</summary>
    public static PercentEncodeSet Component { get; } = new("component", ComponentCharacters);

    /// <summary>application/x-www-form-urlencoded: all but letters, digits and * - . _; a space becomes '+'.</summary>
    public static PercentEncodeSet FormUrlEncoded { get; } = new("application/x-www-form-urlencoded", ComponentCharacters + "!'()~");

    /// <summary>The set's name in the standard.</summary>
    public string Name { get; }

    /// <summary>The characters that stay as they are.</summary>
    internal SearchValues<char> Kept { get; }

    /// <summary>The character is percent-encoded.</summary>
    /// <param name="c">A UTF-16 code unit.</param>
    public bool Contains(char c) => !Kept.Contains(c);
}
