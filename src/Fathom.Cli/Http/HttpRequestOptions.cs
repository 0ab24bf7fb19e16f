using System.CommandLine;

namespace Fathom.Cli.Http;

/// <summary>The options that say what is sent; <c>http</c> and <c>http build</c> share them. The letters are curl's.</summary>
internal sealed class HttpRequestOptions
{
    public Option<string[]> Header { get; } = new("--header", "-H") { Description = "A field, \"Name: value\"; \"Name:\" takes one away.", HelpName = "FIELD" };

    public Option<string[]> Data { get; } = new("--data", "-d") { Description = "A body; several are joined with &. @FILE reads a file without its line ends.", HelpName = "DATA" };

    public Option<string[]> DataRaw { get; } = new("--data-raw") { Description = "A body in which @ means nothing.", HelpName = "DATA" };

    public Option<string[]> DataBinary { get; } = new("--data-binary") { Description = "A body; @FILE reads a file as it is, @- standard input.", HelpName = "DATA" };

    public Option<string?> Json { get; } = new("--json") { Description = "A body of type application/json; @FILE reads a file.", HelpName = "DATA" };

    public Option<string[]> Form { get; } = new("--form", "-F") { Description = "A field of a form (multipart/form-data): NAME=VALUE; NAME=@FILE sends a file; ;type=TYPE and ;filename=NAME may follow.", HelpName = "FIELD" };

    public Option<string[]> FormString { get; } = new("--form-string") { Description = "A field of a form in which @, < and ; mean nothing.", HelpName = "NAME=VALUE" };

    public Option<string?> UploadFile { get; } = new("--upload-file", "-T") { Description = "PUT this file; '-' is standard input. Its name is added to a URL that ends in '/'.", HelpName = "FILE" };

    public Option<bool> Chunked { get; } = new("--chunked") { Description = "Send the body in chunks." };

    public Option<string?> User { get; } = new("--user", "-u") { Description = "USER:PASSWORD for Basic authentication.", HelpName = "USER:PASSWORD" };

    public Option<string?> UserAgent { get; } = new("--user-agent", "-A") { Description = "The value of User-Agent; \"\" sends none.", HelpName = "TEXT" };

    public Option<string?> Referer { get; } = new("--referer", "-e") { Description = "The value of Referer.", HelpName = "URL" };

    public Option<bool> Compressed { get; } = new("--compressed") { Description = "Ask for gzip, deflate or br, and undo it." };

    public Option<bool> Http10 { get; } = new("--http1.0", "-0") { Description = "Say HTTP/1.0." };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [Header, Data, DataRaw, DataBinary, Json, Form, FormString, UploadFile, Chunked, User, UserAgent, Referer, Compressed, Http10];
}
