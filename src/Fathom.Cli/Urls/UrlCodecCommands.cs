using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary><c>fathom url encode</c> and <c>fathom url decode</c>.</summary>
internal static class UrlCodecCommands
{
    /// <summary>Makes <c>encode</c>.</summary>
    public static Command Encode()
    {
        var text = new Argument<string>("text") { Description = "Any text." };
        var set = new Option<string>("--set", "-s") { Description = "For which part: component, query, path, userinfo, fragment or form.", DefaultValueFactory = static _ => "component" };
        set.AcceptOnlyFromAmong("component", "query", "path", "userinfo", "fragment", "form");
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var command = new Command("encode", "Percent-encode text for a part of a URL.") { text, set, output, explain };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain);
            var given = parsed.GetValue(text)!;
            var percentSet = parsed.GetValue(set) switch
            {
                "query" => PercentEncodeSet.SpecialQuery,
                "path" => PercentEncodeSet.Path,
                "userinfo" => PercentEncodeSet.Userinfo,
                "fragment" => PercentEncodeSet.Fragment,
                "form" => PercentEncodeSet.FormUrlEncoded,
                _ => PercentEncodeSet.Component,
            };
            var encoded = PercentEncoding.Encode(given, percentSet);
            if (run.IsText) run.Output.WriteLine(encoded);
            else run.WriteJson("fathom.url.encode/1", writer =>
            {
                writer.WriteString("input", given);
                writer.WriteString("set", percentSet.Name);
                writer.WriteString("encoded", encoded);
            });

            run.WriteAside($"Each character of the {percentSet.Name} set became its UTF-8 octets, each as '%' and two hexadecimal digits: {given.Length} characters became {encoded.Length}. "
                + (percentSet.Contains('%') ? "'%' itself is in the set, so that decoding gives the text back." : "'%' is not in the set: text that has one already looks the same as encoded text, and cannot be told from it."));
            return ExitStatus.Good;
        });
        return command;
    }

    /// <summary>Makes <c>decode</c>.</summary>
    public static Command Decode()
    {
        var text = new Argument<string>("text") { Description = "Percent-encoded text." };
        var form = new Option<bool>("--form") { Description = "'+' is a space, as in a query that a form has made." };
        var output = CommandOptions.Output();
        var explain = CommandOptions.Explain();
        var command = new Command("decode", "Decode percent-encoded text, as UTF-8.") { text, form, output, explain };
        command.SetAction(parsed =>
        {
            var run = CommandRun.From(parsed, output, explain);
            var given = parsed.GetValue(text)!;
            var bytes = PercentEncoding.DecodeToBytes(parsed.GetValue(form) ? given.Replace('+', ' ') : given);
            var decoded = System.Text.Encoding.UTF8.GetString(bytes);
            var isText = System.Text.Unicode.Utf8.IsValid(bytes);
            if (!run.IsText)
            {
                run.WriteJson("fathom.url.decode/1", writer =>
                {
                    writer.WriteString("input", given);
                    writer.WriteString("decoded", decoded);
                    writer.WriteBoolean("utf8", isText);
                    writer.WriteString("hex", Convert.ToHexStringLower(bytes));
                });
            }
            else
            {
                run.Output.WriteLine(isText ? TextSanitizer.Escape(decoded) : TextSanitizer.EscapeOctets(bytes));
            }

            run.WriteAside(isText ? $"'%' and two hexadecimal digits are one octet; the {bytes.Length} octets are UTF-8 of this text." : "The octets are not UTF-8; they are shown as they are, \\xNN for what is not ASCII.");
            return isText ? ExitStatus.Good : run.Complain("the decoded octets are not UTF-8", ExitStatus.Broken);
        });
        return command;
    }
}
