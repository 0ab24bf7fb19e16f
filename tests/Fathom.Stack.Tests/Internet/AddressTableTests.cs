using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Tests.Internet;

public sealed class AddressTableTests
{
    // As many as a host has, a small router, and more than a list looks through at once; the model looks at each.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(60)]
    public void What_is_asked_of_it_is_answered_as_by_looking_at_each_address(int count)
    {
        var random = new Random(count);
        var ports = new[] { Port(1), Port(2) };
        var table = new AddressTable();
        var all = new List<LocalAddress>();
        while (all.Count < count)
        {
            // Few different ones, so that prefixes touch each other and questions hit.
            var address = new LocalAddress(ports[random.Next(2)], IpAddress.FromV4(0x0A00_0001u + (uint)random.Next(1024)), random.Next(20, 33), AddressOrigin.Static);
            if (table.TryAdd(address)) all.Add(address);
        }

        Check();
        while (all.Count > count / 2)
        {
            var gone = all[random.Next(all.Count)];
            Assert.True(table.Remove(gone));
            all.Remove(gone);
        }

        Check();

        void Check()
        {
            for (var value = 0x09FF_FFF0u; value < 0x0A00_0420u; value++)
            {
                var address = IpAddress.FromV4(value);
                Assert.Same(all.Find(a => a.Address == address), table.TryFind(address, out var found) ? found : null);
                foreach (var port in ports) Assert.Equal(all.Exists(a => a.Interface == port && a.IsBroadcast(address)), table.IsBroadcast(port, address));
            }
        }
    }

    private static NetworkInterface Port(int index) => new(index, $"p{index}", InterfaceMedium.PointToPoint, 1500, null, InterfaceOffloads.None);
}
