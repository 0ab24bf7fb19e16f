using System.Diagnostics.CodeAnalysis;
using Fathom.Hosts.Os.Link;
using Fathom.Wire.Dissection;
using Fathom.Wire.Dissection.Filtering;

namespace Fathom.Cli.Input;

/// <summary>
/// The packets that <c>--filter</c> means: by libpcap where this machine has it, which knows the whole language; else by Fathom's own reading
/// of the part that people type most. Compiled anew for each link type that a file has.
/// </summary>
internal sealed class PacketSelector : IDisposable
{
    private readonly string _expression;
    private readonly PacketFilter? _portable;
    private readonly Dictionary<int, PcapFilter?> _compiled = [];

    private PacketSelector(string expression, PacketFilter? portable)
    {
        _expression = expression;
        _portable = portable;
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="selector">The selector, or null.</param>
    /// <param name="reason">What is wrong with the expression, and what was expected.</param>
    public static bool TryCreate(string expression, [NotNullWhen(true)] out PacketSelector? selector, out string reason)
    {
        selector = null;
        if (PcapFilter.IsAvailable)
        {
            // libpcap says of some expressions only for some link types that they make no sense; Ethernet knows all words.
            if (!PcapFilter.TryCompile(LinkType.Ethernet, expression, out var compiled, out reason))
            {
                reason = $"--filter '{expression}': {reason}";
                return false;
            }

            selector = new PacketSelector(expression, null);
            selector._compiled[LinkType.Ethernet] = compiled;
            return true;
        }

        if (PacketFilter.TryParse(expression, out var portable, out reason)) selector = new PacketSelector(expression, portable);
        else reason = $"--filter: {reason}. Without libpcap, which is not installed here, a filter may say: {PacketFilter.Vocabulary}";
        return selector is not null;
    }

    /// <summary>True if the packet is meant. Of a link type for which the expression makes no sense none is.</summary>
    /// <param name="linkType">What the frame begins with.</param>
    /// <param name="frame">The octets kept.</param>
    /// <param name="originalLength">Octets on the link.</param>
    public bool Selects(int linkType, ReadOnlySpan<byte> frame, long originalLength)
    {
        if (_portable is not null) return _portable.Matches(linkType, frame, originalLength);
        if (!_compiled.TryGetValue(linkType, out var filter))
        {
            _ = PcapFilter.TryCompile(linkType, _expression, out filter, out _);
            _compiled[linkType] = filter;
        }

        return filter is not null && filter.Matches(frame, originalLength);
    }

    public void Dispose()
    {
        foreach (var filter in _compiled.Values) filter?.Dispose();
    }
}
