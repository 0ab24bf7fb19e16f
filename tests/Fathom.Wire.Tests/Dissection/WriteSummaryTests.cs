using System.Buffers;
using System.Text;
using Fathom.Wire.Application;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>The line that is written without allocating is the dissectors' line.</summary>
public class WriteSummaryTests
{
    [Fact]
    public void Every_frame_whole_or_damaged_has_the_dissectors_line()
    {
        var output = new ArrayBufferWriter<byte>();
        var differences = new List<string>();
        var frames = 0;
        foreach (var (where, linkType, bytes) in ConformanceFrames.AllAndDamaged())
        {
            frames++;
            output.ResetWrittenCount();
            Dissector.WriteSummary(linkType, bytes, output);
            var line = Encoding.UTF8.GetString(output.WrittenSpan);
            var expected = TextSanitizer.Escape(Dissector.Dissect(linkType, bytes).Summary);
            if (line != expected) differences.Add($"{where}\n  expected {expected}\n  was      {line}");
        }

        Assert.True(frames > 40_000, $"only {frames} frames");
        Assert.True(differences.Count == 0, $"{differences.Count} of {frames}:\n{string.Join('\n', differences.Take(20))}");
    }
}
