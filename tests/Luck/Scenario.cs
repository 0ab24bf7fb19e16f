using System.Globalization;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;

namespace Luck;

/// <summary>Everything about one run, made from its seed alone.</summary>
internal sealed record Scenario
{
    private static readonly int[] MtusV4 = [296, 576, 1280, 1500, 1500, 4352, 9000, 65_520];
    private static readonly int[] MtusV6 = [1280, 1500, 1500, 9000, 65_520];

    // A probe comes after a minute: what waits for a peer that is gone ends by itself.
    private static readonly TcpKeepAlive KeepAlive = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20), 9);

    public required int Seed { get; init; }

    public required bool IsV6 { get; init; }

    public required int Mtu { get; init; }

    public required InterfaceOffloads Offloads { get; init; }

    public required LinkConditions There { get; init; }

    public required LinkConditions Back { get; init; }

    public required EndpointPlan Client { get; init; }

    public required EndpointPlan Server { get; init; }

    public required TcpSettings ClientSettings { get; init; }

    public required TcpSettings ServerSettings { get; init; }

    /// <summary>
    /// Nothing gets lost: nothing but the peer may end the connection. A cookie is the first segment's: where the second overtakes it, nobody knows it (RFC 4987 §3.6),
    /// and the connection is refused.
    /// </summary>
    public bool IsLossless => (ServerSettings.SynCookies != TcpCookieMode.Always || There.Reorder == 0) && There.Loss == 0 && Back.Loss == 0 && There.Corrupt == 0 && Back.Corrupt == 0 && There.Queue == 0 && Back.Queue == 0;

    public bool MayAbort => Client.Ending == Ending.Abort || Server.Ending == Ending.Abort;

    public static Scenario From(int seed)
    {
        var random = new Random(seed);
        var isV6 = random.Next(2) == 0;
        var mtus = isV6 ? MtusV6 : MtusV4;

        var client = MakePlan(random);
        var server = MakePlan(random);

        // Two that wait for each other's end would wait for ever.
        if (client.Ending == Ending.CloseAfterRead && server.Ending == Ending.CloseAfterRead) client = client with { Ending = Ending.HalfClose };

        // A writer that has closed does not wait for ever for a reader that keeps its window shut (OrphanRetries): none reads for longer than half a minute.
        client = WithPace(client, server.Octets);
        server = WithPace(server, client.Octets);

        // What a device completes, it completes before the wire: damage would not be seen there.
        var hasOffloads = random.Next(5) == 0;
        return new Scenario
        {
            Seed = seed,
            IsV6 = isV6,
            Mtu = mtus[random.Next(mtus.Length)],
            Offloads = hasOffloads ? InterfaceOffloads.Checksum | InterfaceOffloads.SegmentationV4 | InterfaceOffloads.SegmentationV6 : InterfaceOffloads.None,
            There = MakeLink(random, !hasOffloads),
            Back = MakeLink(random, !hasOffloads),
            Client = client,
            Server = server,
            ClientSettings = MakeSettings(random),
            ServerSettings = MakeSettings(random) with { SynCookies = random.Next(6) == 0 ? TcpCookieMode.Always : TcpCookieMode.WhenFull },
        };
    }

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"""
        seed {Seed}: {(IsV6 ? "IPv6" : "IPv4")}, MTU {Mtu}, offloads {Offloads}
          there:  {There}
          back:   {Back}
          client: {Client}; {Describe(ClientSettings)}
          server: {Server}; {Describe(ServerSettings)}, cookies {ServerSettings.SynCookies}
        """);

    private static string Describe(TcpSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"SACK {settings.UseSelectiveAcknowledgment}, timestamps {settings.UseTimestamps}, scale {settings.UseWindowScale}, ECN {settings.Ecn}, {settings.CongestionAlgorithm}, RACK {settings.UseRack}, TLP {settings.UseTailLossProbe}, F-RTO {settings.UseForwardRto}, probing {settings.MtuProbing}, buffers {settings.InitialReceiveBuffer}/{settings.MaximumReceiveBuffer}/{settings.MaximumSendBuffer}");

    private static LinkConditions MakeLink(Random random, bool mayDamage)
    {
        // A third of the links is clean but for delay, so that faults of a quiet path are met too.
        var isBad = random.Next(3) > 0;
        double Share(double most) => isBad && random.Next(2) == 0 ? most * random.NextDouble() * random.NextDouble() : 0;
        var rate = random.Next(2) == 0 ? 0 : (long)Math.Pow(10, 5 + (3 * random.NextDouble()));
        return new LinkConditions
        {
            Rate = rate,
            Delay = TimeSpan.FromMicroseconds(Math.Pow(10, 5.3 * random.NextDouble())),
            Jitter = isBad && random.Next(2) == 0 ? TimeSpan.FromMilliseconds(30 * random.NextDouble()) : TimeSpan.Zero,
            Loss = Share(0.25),
            Duplicate = Share(0.2),
            Reorder = Share(0.3),
            Corrupt = mayDamage ? Share(0.1) : 0,
            Queue = isBad && rate > 0 && random.Next(2) == 0 ? random.Next(3000, 200_000) : 0,
        };
    }

    private static EndpointPlan MakePlan(Random random)
    {
        var octets = random.Next(6) == 0 ? 0 : (long)Math.Pow(10, 5.4 * random.NextDouble());
        var ending = random.Next(8) switch { 0 => Ending.Abort, < 4 => Ending.CloseAfterRead, _ => Ending.HalfClose };
        return new EndpointPlan(
            octets,
            (int)Math.Pow(10, 5 * random.NextDouble()),
            (int)Math.Pow(10, 1 + (4 * random.NextDouble())),
            random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 200)) : TimeSpan.Zero,
            ending,
            random.NextInt64(0, (2 * octets) + 2),
            random.Next(3) == 0);
    }

    private static EndpointPlan WithPace(EndpointPlan plan, long octets)
        => plan with { ReadSize = (int)Math.Max(plan.ReadSize, octets * plan.ReadPause.TotalSeconds / 30) };

    private static TcpSettings MakeSettings(Random random)
    {
        var receive = random.Next(3) == 0 ? random.Next(2000, 65_535) : 65_535;
        return new TcpSettings
        {
            UseSelectiveAcknowledgment = random.Next(4) > 0,
            UseTimestamps = random.Next(3) > 0,
            UseWindowScale = random.Next(4) > 0,
            Ecn = (TcpEcnMode)random.Next(3),
            CongestionAlgorithm = (TcpCongestionAlgorithm)random.Next(2),
            UseRack = random.Next(4) > 0,
            UseTailLossProbe = random.Next(4) > 0,
            UseForwardRto = random.Next(4) > 0,
            UseHyStart = random.Next(4) > 0,
            MtuProbing = (TcpMtuProbing)random.Next(3),
            InitialReceiveBuffer = receive,
            MaximumReceiveBuffer = random.Next(3) == 0 ? receive : 1 << 20,
            MaximumSendBuffer = random.Next(3) == 0 ? random.Next(1000, 100_000) : 1 << 20,
            QuickAckSegments = random.Next(2) == 0 ? 0 : 16,
            KeepAlive = KeepAlive,
        };
    }
}
