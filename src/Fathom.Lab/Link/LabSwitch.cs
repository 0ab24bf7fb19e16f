using Fathom.Stack.Buffers;
using Fathom.Wire.Link;

namespace Fathom.Lab.Link;

/// <summary>A switch that learns where each MAC address is (IEEE 802.1D §7.8), and sends what it does not know everywhere.</summary>
public sealed class LabSwitch
{
    // IEEE 802.1D table 7-5.
    private static readonly TimeSpan AgingTime = TimeSpan.FromSeconds(300);

    // What a switch's memory holds; a flood of made-up addresses makes it a hub for the rest, as it does real ones.
    private const int TableLimit = 8192;

    private readonly List<SwitchPort> _ports = [];
    private readonly Dictionary<MacAddress, (SwitchPort Port, TimeSpan Seen)> _table = [];

    internal LabSwitch(Lab lab, string name)
    {
        Lab = lab;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its ports.</summary>
    public IReadOnlyList<SwitchPort> Ports => _ports;

    /// <summary>What it has learned and not forgotten.</summary>
    public IReadOnlyList<(MacAddress Address, SwitchPort Port)> Table
        => [.. _table.Where(e => Lab.Clock.Now - e.Value.Seen < AgingTime).OrderBy(static e => e.Key.Value).Select(static e => (e.Key, e.Value.Port))];

    internal Lab Lab { get; }

    /// <summary>Adds a port.</summary>
    public SwitchPort AddPort()
    {
        var port = new SwitchPort(this, $"{Name}/{_ports.Count + 1}");
        _ports.Add(port);
        return port;
    }

    internal void Forward(SwitchPort from, PacketBuffer frame)
    {
        if (!EthernetFrame.TryRead(frame.Span, out var view, out _))
        {
            Lab.Pool.Return(frame);
            return;
        }

        var now = Lab.Clock.Now;
        if (!view.Source.IsGroup) Learn(view.Source, from, now);
        if (!view.Destination.IsGroup && _table.TryGetValue(view.Destination, out var known) && now - known.Seen < AgingTime)
        {
            // §7.7: a frame for where it came from is there already.
            if (known.Port == from) Lab.Pool.Return(frame);
            else known.Port.Send(frame);
            return;
        }

        SwitchPort? last = null;
        foreach (var port in _ports)
        {
            if (port == from || port.Link is null) continue;
            last?.Send(Lab.Pool.Copy(frame));
            last = port;
        }

        if (last is null) Lab.Pool.Return(frame);
        else last.Send(frame);
    }

    private void Learn(MacAddress address, SwitchPort port, TimeSpan now)
    {
        if (_table.Count >= TableLimit && !_table.ContainsKey(address))
        {
            foreach (var (old, entry) in _table.ToList())
            {
                if (now - entry.Seen >= AgingTime) _table.Remove(old);
            }

            if (_table.Count >= TableLimit) return;
        }

        _table[address] = (port, now);
    }
}
