
namespace Fathom.Wire.Tests.Dissection;

/// <summary>Asks TShark for fields of packets, each packet dissected alone or with its stream.</summary>
internal static class Tshark
{
    private static readonly string[] Options =
    [
        "-o", "tcp.desegment_tcp_streams:FALSE", "-o", "tls.desegment_ssl_records:FALSE", "-o", "tls.desegment_ssl_application_data:FALSE", "-o", "dns.desegment_dns_messages:FALSE",
    ];

    private static readonly string[] StreamOptions = ["-o", "tcp.reassemble_out_of_order:TRUE"];

    /// <summary>The values of some fields, several of one field joined by commas.</summary>
    /// <param name="capture">The file.</param>
    /// <param name="filter">Which packets.</param>
    /// <param name="fields">TShark's names.</param>
    /// <returns>By frame number; skips the test where TShark is absent.</returns>
    internal static Task<Dictionary<int, string[]>> AskAsync(string capture, string filter, params string[] fields) => AskAsync(capture, filter, Options, fields);

    /// <summary>The same with streams put together.</summary>
    internal static Task<Dictionary<int, string[]>> AskStreamsAsync(string capture, string filter, params string[] fields) => AskAsync(capture, filter, StreamOptions, fields);

    private static async Task<Dictionary<int, string[]>> AskAsync(string capture, string filter, string[] options, string[] fields)
    {
        var arguments = new List<string> { "-n", "-r", capture, "-Y", filter, "-T", "fields", "-E", "separator=/t", "-E", "aggregator=,", "-e", "frame.number" };
        arguments.AddRange(options);
        foreach (var field in fields) arguments.AddRange(["-e", field]);
        var (lines, errors, _) = await TSharkProcess.RunAsync(arguments);
        var answers = new Dictionary<int, string[]>();
        foreach (var line in lines)
        {
            var cells = line.Split('\t');
            answers[int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture)] = cells[1..];
        }

        Assert.True(answers.Count > 0, errors);
        return answers;
    }
}
