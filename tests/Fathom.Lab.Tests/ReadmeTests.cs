using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Lab.Capture;
using Fathom.Lab.Faults;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Probes;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Tests;

/// <summary>
/// README of Fathom.Lab, README of Fathom.Hosts and README of Fathom.Probes: their lines, run in a lab. What is changed here is changed there
/// (tests/Architecture.Tests compares them).
/// </summary>
public class ReadmeTests
{
    [Fact]
    public void Two_hosts_talk_over_a_bad_cable()
    {
        var Console = new StringWriter(); // the README's Console
        using var lab = new Lab(new LabOptions { Seed = 7 });
        var left = lab.AddHost(new LabHostOptions("left"));
        var right = lab.AddHost(new LabHostOptions("right"));
        var (near, far) = (left.AddPort("eth0"), right.AddPort("eth0"));
        left.AddAddress(near, IpAddress.Parse("192.0.2.1"), 24);
        right.AddAddress(far, IpAddress.Parse("192.0.2.2"), 24);
        lab.Connect(near, far, new LinkSettings { Delay = TimeSpan.FromMilliseconds(20), Loss = 0.1 });
        var greeting = lab.Run(
            async () =>
            {
                await using var listener = (await right.Network.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.AnyV4, 7000)), default)).Value!;
                var reading = ReadGreetingAsync(left.Network, new IpEndpoint(IpAddress.Parse("192.0.2.2"), 7000));
                await using var connection = await listener.AcceptAsync(default);
                await connection.WriteAsync("hello over a bad cable\n"u8.ToArray(), default);
                return await reading;
            },
            limit: TimeSpan.FromMinutes(1));
        Console.WriteLine($"{lab.Clock.Now.TotalMilliseconds:0} ms of the lab's time: {greeting}");
        Assert.EndsWith("ms of the lab's time: hello over a bad cable\n\n", Console.ToString(), StringComparison.Ordinal);

        // Nobody listens at another port, and the evidence says so.
        var host = left.Network;
        lab.Run(
            async () =>
            {
                var context = ProbeContext.WithoutCapture(host);
                var outcome = await ConnectProbe.RunAsync(context, new IpEndpoint(IpAddress.Parse("192.0.2.2"), 81), new ConnectOptions(TimeSpan.FromSeconds(5)), default);
                Console.WriteLine(outcome.Result switch
                {
                    ConnectResult.Connected => "open",
                    ConnectResult.Reset => "closed: the host is there, and nobody listens",
                    ConnectResult.Unreachable { Error: var error } => $"{error.Reporter} sent an ICMP error: type {error.Type}, code {error.Code}",
                    ConnectResult.TimedOut => "no answer at all",
                    _ => "could not be measured",
                });
                foreach (var item in context.Evidence.Items) Console.WriteLine($"{item.Id}: {item.Summary}");
                return true;
            },
            TimeSpan.FromMinutes(1));
        Assert.Contains("closed: the host is there, and nobody listens\nsocket:1: ", Console.ToString(), StringComparison.Ordinal);

        static async Task<string> ReadGreetingAsync(INetworkHost host, IpEndpoint server)
        {
            var result = await host.ConnectAsync(server, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
            if (result is not ConnectResult.Connected { Connection: var connection }) return $"no connection: {result.GetType().Name}";
            await using (connection)
            {
                var buffer = new byte[256];
                var read = await connection.ReadAsync(buffer, default);
                return Encoding.UTF8.GetString(buffer, 0, read.Count);
            }
        }
    }

    [Fact]
    public void A_shop_is_broken_and_mended()
    {
        var Console = new StringWriter(); // the README's Console
        const string Street = """
            title: A street with a shop
            target: tcp://192.0.2.2:7
            networks:
              street: { rate: 10mbit, delay: 5ms }
            hosts:
              customer:
                interfaces:
                  eth0: { network: street, addresses: [192.0.2.1/24] }
              shop:
                interfaces:
                  eth0: { network: street, addresses: [192.0.2.2/24] }
                services:
                  echo:
            """;

        if (!ScenarioReader.TryRead(Street, out var scenario, out var error)) throw new FormatException(error.ToString()); // line, column, reason
        using var file = new MemoryStream(); // or File.Create("street.pcapng")
        using var world = LabWorld.Create(scenario, new LabOptions { Seed = 7 });
        using var capture = LabCapture.Start(world.Lab, file, world.From.Ports);
        world.Run(
            async w =>
            {
                var (customer, shop) = (w["customer"], new IpEndpoint(w.AddressOf("shop"), 7));
                Console.WriteLine($"{w.Lab.Clock.Now.TotalSeconds:0} s: {await TryAsync(customer, shop)}");
                await Task.Delay(TimeSpan.FromMinutes(10), customer.Time);
                if (!FaultPlace.TryFind(w.Lab, "shop:7", out var place, out var reason)) throw new ArgumentException(reason);
                if (!FaultCatalog.Find("tcp.refused")!.TryPut(place, out var fault, out reason)) throw new ArgumentException(reason);
                Console.WriteLine($"{w.Lab.Clock.Now.TotalSeconds:0} s: {await TryAsync(customer, shop)}");
                fault.Mend();
                Console.WriteLine($"{w.Lab.Clock.Now.TotalSeconds:0} s: {await TryAsync(customer, shop)}");
            });
        Assert.Equal("10 s: open\n610 s: refused\n610 s: open\n", Console.ToString().ReplaceLineEndings("\n"));
        capture.Flush();
        Assert.Equal([0x0A, 0x0D, 0x0D, 0x0A], file.ToArray()[..4]); // a section header block of pcapng

        static async Task<string> TryAsync(INetworkHost host, IpEndpoint server)
        {
            var result = await host.ConnectAsync(server, new ConnectOptions(TimeSpan.FromSeconds(5)), default);
            if (result is ConnectResult.Connected { Connection: var connection }) await connection.DisposeAsync();
            return result switch { ConnectResult.Connected => "open", ConnectResult.Reset => "refused", _ => result.GetType().Name };
        }
    }
}
