using Fathom.Services.Application.Iperf;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Application.Iperf;

public sealed class IperfTestTests
{
    private static readonly IpEndpoint Client = new(IpAddress.Parse("192.0.2.1"), 4000);

    [Fact]
    public void Datagrams_go_to_the_address_that_has_opened_the_test_and_to_no_other()
    {
        var test = new IperfTest([], Client.Address);
        Assert.True(IperfParameters.TryRead("""{"udp":true,"reverse":true,"len":1460}"""u8.ToArray(), out var parameters));
        test.Open(parameters);

        var victim = new IpEndpoint(IpAddress.Parse("192.0.2.2"), 4000);
        Assert.False(test.TryJoin(victim));
        Assert.Null(test.TakeOutgoing(victim));
        Assert.False(test.Complete.IsCompleted);

        Assert.True(test.TryJoin(Client));
        Assert.True(test.Complete.IsCompleted);
        Assert.NotNull(test.TakeOutgoing(Client));
        Assert.Null(test.TakeOutgoing(Client)); // its datagrams flow once, however often it asks
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(65507, true)]
    [InlineData(65508, false)]
    public void A_datagram_has_room_for_its_number_and_fits_into_UDP(int length, bool isTaken)
        => Assert.Equal(isTaken, IperfParameters.TryRead(System.Text.Encoding.ASCII.GetBytes($$"""{"udp":1,"reverse":1,"len":{{length}}}"""), out _));
}
