using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Plays one script against one stack.</summary>
internal sealed partial class ScriptPlayer
{
    // A script that waits for a packet at any time does not wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    // A stack whose timers go off without end would hang the runner.
    private const int MaxSteps = 1_000_000;

    private readonly Script _script;
    private readonly ScriptOptions _options;
    private readonly bool _isExact;
    private readonly bool _isPaced;
    private readonly VirtualHost _host;
    private readonly Calls _calls;
    private readonly FlowTable _flows;
    private readonly TimeSpan _origin;

    private TimeSpan _previous;
    private WaitingCall? _waiting;
    private readonly Action<string>? _trace;
    private Outcome? _outcome;
    private TimeDifference? _largest;
    private int _steps;

    private readonly List<string> _unchecked = [];

    // What code blocks have assigned: the blocks of a script are one program.
    private readonly Dictionary<string, double> _assigned = new(StringComparer.Ordinal);

    private ScriptPlayer(Script script, ScriptOptions options, Configuration configuration, bool isExact, Action<string>? trace)
    {
        _script = script;
        _options = options;
        _isExact = isExact;
        _isPaced = configuration.IsPaced;
        _host = new VirtualHost(configuration);
        _calls = new Calls(_host, configuration, options);
        _flows = new FlowTable(_host.Stack, options);
        _origin = _previous = _host.Now;
        _host.Changed = Retry;
        if (trace is null) return;
        _host.Sent = seen => trace($"{ScriptText.Seconds(seen.At - _origin)} {Describe(seen)}");
        _trace = trace;
    }

    /// <summary>Plays a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="isExact">True: not a microsecond of tolerance, whatever the language allows.</param>
    /// <param name="trace">Takes a line for each packet, as a script writes it; null: nobody looks.</param>
    public static Outcome Play(Script script, bool isExact, Action<string>? trace = null)
    {
        if (!ScriptOptions.TryRead(script.Options, out var options, out var line, out var reason)) return new Outcome(Verdict.NotApplicable, line, reason, null);
        if (Applicability.Find(script, out line) is { } missing) return new Outcome(Verdict.NotApplicable, line, missing, null);
        var configuration = new Configuration(options);
        if (script.Setup is { } setup && ShellConfiguration.Apply(setup.Text, configuration) is { } refused) return new Outcome(Verdict.NotApplicable, setup.Line, refused + " has no counterpart here", null);
        return new ScriptPlayer(script, options, configuration, isExact, trace).Play();
    }

    private Outcome Play()
    {
        foreach (var happening in _script.Events)
        {
            Play(happening);
            if (_outcome is not null) return _outcome;
        }

        FinishWaiting();
        return _outcome ?? new Outcome(Verdict.Pass, 0, "", _largest) { Unchecked = _unchecked };
    }

    private void Play(ScriptEvent happening)
    {
        var time = happening.Time;
        var start = time.Kind switch
        {
            TimeKind.Absolute => _origin + time.Start,
            TimeKind.Relative => _previous + time.Start,
            _ => _host.Now,
        };
        var tolerance = _options.ToleranceOf(start - _previous);
        var latest = time.Latest is { } given ? start - time.Start + given : start;
        switch (happening.Action)
        {
            case TcpPacketAction { Direction: Direction.Outbound } packet:
                ExpectSegment(happening, packet, start, latest, tolerance);
                break;
            case PacketAction { Direction: Direction.Outbound } packet:
                ExpectOther(happening, packet, start, latest, tolerance);
                break;
            case PacketAction packet:
                Advance(start, inclusive: false);
                _trace?.Invoke($"{ScriptText.Seconds(_host.Now - _origin)} {PacketText.Of(packet)}");
                if (_outcome is null) Inject(happening.Line, packet);
                break;
            case CallAction call:
                FinishWaiting();
                Advance(start, inclusive: false);
                if (_outcome is null) Call(happening, call, call.End is { } end ? start - time.Start + end : null, tolerance);
                break;
            case ShellAction shell:
                Advance(start, inclusive: false);
                if (ShellConfiguration.ApplyWhileRunning(shell.Shell.Text, out var pause, out var counters) is { } refused) NotApplicable(happening.Line, refused);
                else Advance(_host.Now + pause, inclusive: false);
                if (counters) _unchecked.Add($"line {happening.Line}, the kernel's counters");
                break;
            case CodeAction code:
                Advance(start, inclusive: true);
                Evaluate(happening.Line, code);
                break;
        }

        _previous = time.Kind == TimeKind.Any ? _host.Now : start;
        if (_host.Fault is { } fault) Fail(happening.Line, fault);
    }

    private void Inject(int line, PacketAction packet)
    {
        switch (packet)
        {
            case TcpPacketAction tcp:
                var flow = _flows.Inbound(tcp);
                if ((tcp.Tcp.Flags & TcpFlags.Syn) != 0) _calls.SynWindow = tcp.Tcp.Window ?? 0;
                InjectWhole(line, PacketBuilder.Tcp(tcp, flow));
                break;
            case UdpPacketAction udp:
                InjectWhole(line, PacketBuilder.Udp(udp, new IpEndpoint(_options.Remote, udp.Ports?.Source ?? _options.ConnectPort), new IpEndpoint(_options.Local, udp.Ports?.Destination ?? LocalDatagramPort())));
                break;
            case IcmpPacketAction icmp:
                var local = icmp.QuotedDatagram is null ? _flows.Current?.Local ?? new IpEndpoint(_options.Local, 0) : new IpEndpoint(_options.Local, LocalDatagramPort());
                var peer = icmp.QuotedDatagram is null ? _flows.Current?.Peer ?? new IpEndpoint(_options.Remote, 0) : new IpEndpoint(_options.Remote, _options.ConnectPort);
                if (IcmpBuilder.Build(icmp, local, peer, _flows.Current, out var reason) is { } message) InjectWhole(line, message);
                else NotApplicable(line, reason);
                break;
        }
    }

    private string Describe(SeenPacket packet)
    {
        if (SeenSegment.From(packet) is not { } seen) return "> a packet that is no whole one";
        return seen.Describe(seen.Protocol == IpProtocol.Tcp && TcpSegment.TryRead(seen.Upper, out var segment, out _) ? _flows.Find(segment) ?? _flows.Current : null);
    }

    private void InjectWhole(int line, byte[] packet)
    {
        if (packet.Length > ushort.MaxValue) NotApplicable(line, "a packet longer than IP carries");
        else _host.Inject(packet);
    }

    private ushort LocalDatagramPort() => _calls.Current?.Datagrams?.Local.Port ?? _options.BindPort;

    private void Call(ScriptEvent happening, CallAction call, TimeSpan? end, TimeSpan tolerance)
    {
        var step = _calls.Prepare(call);
        var result = step();
        _host.Pump();
        if (result.Status == CallStatus.Waits && end is null)
        {
            // What the call itself set in motion may let it go on at once.
            result = step();
            _host.Pump();
            if (result.Status == CallStatus.Waits) Fail(happening.Line, $"{call.Name}(): expected {Expected(call)}, but it blocks");
        }

        if (result.Status == CallStatus.Waits && end is { } returns) _waiting = new WaitingCall(happening.Line, call, step, returns, tolerance);
        else if (_outcome is null) Judge(happening.Line, call, result, end, tolerance);
    }

    private void Judge(int line, CallAction call, CallOutcome result, TimeSpan? end, TimeSpan tolerance)
    {
        if (result.Status == CallStatus.NotApplicable)
        {
            NotApplicable(line, result.Detail!);
            return;
        }

        if (call.Result is not Expression.Default)
        {
            if (Symbols.Evaluate(call.Result) is not { } expected)
            {
                NotApplicable(line, $"the result {call.Result}");
                return;
            }

            var errnoDiffers = call.Errno is not null && call.Errno != result.Errno && !(call.Errno is "EWOULDBLOCK" && result.Errno is "EAGAIN");
            if (expected != result.Value || errnoDiffers) Fail(line, $"{call.Name}(): expected {Expected(call)}, seen {result.Value}{(result.Errno is null ? "" : " " + result.Errno)}");
        }

        if (result.Detail is { } detail) Fail(line, $"{call.Name}(): {detail}");
        if (end is { } returns) CheckTime(line, $"{call.Name}() returned", _host.Now, returns, returns, tolerance);
    }

    private static string Expected(CallAction call) => call.Errno is null ? call.Result.ToString()! : $"{call.Result} {call.Errno}";

    // Something changed: a call that waits may go on.
    private void Retry()
    {
        _calls.Observe();
        if (_waiting is not { } waiting || _outcome is not null) return;
        var result = waiting.Try();
        if (result.Status == CallStatus.Waits) return;
        _waiting = null;
        Judge(waiting.Line, waiting.Call, result, waiting.End, waiting.Tolerance);
        _host.Pump();
    }

    // One thread makes the calls: the next one waits for it.
    private void FinishWaiting()
    {
        while (_waiting is { } waiting && _outcome is null && Step(waiting.End + waiting.Tolerance, inclusive: true))
        {
        }

        if (_waiting is { } stuck && _outcome is null) Fail(stuck.Line, $"{stuck.Call.Name}(): expected to return {Expected(stuck.Call)} at {ScriptText.Seconds(stuck.End - _origin)}, but it still blocks");
    }

    private void Evaluate(int line, CodeAction code)
    {
        var names = TcpInfoNames.Of(_calls.Current?.Connection, _host.Now);
        var result = CodeBlock.Run(code.Text, names, _assigned, out var detail);
        if (result == Verdict.NotApplicable) NotApplicable(line, detail);
        else if (result == Verdict.Fail) Fail(line, detail);
    }

    private void Advance(TimeSpan to, bool inclusive)
    {
        while (_outcome is null && Step(to, inclusive))
        {
        }
    }

    // One step of the clock: to the next deadline of the stack or of a call that waits. False once the limit is reached.
    private bool Step(TimeSpan limit, bool inclusive)
    {
        if (++_steps > MaxSteps)
        {
            Fail(0, "the stack's timers go off without end");
            return false;
        }

        var wakes = _waiting is null ? null : _calls.WaitUntil;
        if (wakes is not { } at || at > limit || at <= _host.Now) return _host.TryStep(limit, inclusive);
        if (_host.TryStep(at, inclusive: true)) return true;
        Retry();
        return true;
    }

    private bool CheckTime(int line, string what, TimeSpan seen, TimeSpan earliest, TimeSpan latest, TimeSpan tolerance)
    {
        var by = seen < earliest ? seen - earliest : seen > latest ? seen - latest : TimeSpan.Zero;
        if (by == TimeSpan.Zero) return true;
        if (by.Duration() > (_isExact ? TimeSpan.Zero : tolerance))
        {
            if (_isPaced)
            {
                NotApplicable(line, "the time of a packet that Linux's fq paces");
                return false;
            }

            var expected = earliest == latest ? ScriptText.Seconds(earliest - _origin) : $"{ScriptText.Seconds(earliest - _origin)} to {ScriptText.Seconds(latest - _origin)}";
            Fail(line, $"{what} at {ScriptText.Seconds(seen - _origin)}, expected at {expected}");
            return false;
        }

        if (_largest is null || by.Duration() > _largest.By.Duration()) _largest = new TimeDifference(line, by, tolerance);
        return true;
    }

    private void Fail(int line, string detail) => _outcome ??= new Outcome(Verdict.Fail, line, detail, _largest);

    private void NotApplicable(int line, string reason) => _outcome ??= new Outcome(Verdict.NotApplicable, line, reason, null);
}
