using System.Text;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection.Streams;

/// <summary>What a stranger's capture can make the dissector hold.</summary>
[Collection(Alone.Name)]
public sealed class CaptureMemoryTests
{
    [Fact]
    public void Memory_stays_bounded_where_a_head_never_ends()
    {
        var capture = new CaptureDissector();
        var line = Encoding.ASCII.GetBytes("GET /" + new string('a', 1395));
        var before = GC.GetTotalMemory(true);
        for (var i = 0u; i < 20_000; i++) CaptureDissectorTests.Send(capture, (int)i + 1, CaptureDissectorTests.Initial + (i * 1400), i == 0 ? line : new byte[1400]);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, 4_000_000);
        GC.KeepAlive(capture);
    }
}
