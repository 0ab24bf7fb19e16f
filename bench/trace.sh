#!/usr/bin/env bash
# Measures `fathom trace` and `fathom ping --sweep` beside traceroute, mtr and fping; prints a report. Needs root. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
measure=$(readlink -f "${MEASURE:-../shared/measure}")
export MEASURE_TMP=${MEASURE_TMP:-/tmp/fathom-measure} PREFIX=${PREFIX:-fbt-}
runs=${RUNS:-5}
mkdir -p "$MEASURE_TMP/bin"
[ -e "$MEASURE_TMP/bin/delay" ] || gcc -O2 -w -o "$MEASURE_TMP/bin/delay" "$measure/probes/delay.c"
world() { bash "$measure/probes/world.sh" "$@" </dev/null >"$MEASURE_TMP/world.log" 2>&1; }
trap 'world down || true' EXIT

echo "# fathom trace and ping --sweep, measured"
echo
echo "- $(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs, Linux $(uname -r)"
echo "- $("$fathom" --version); medians of runs that take turns; every run has routers that have not spent their limit on ICMP errors (rebuilt or waited for)"
cat >"$MEASURE_TMP/trace.py" <<'P'
import resource, subprocess, sys, time
runs, fathom, client, part = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
ns = ['ip', 'netns', 'exec', client]
target = '10.9.0.1'
def measure(commands, pause, n, check=None):
    times = {name: [] for name, _ in commands}
    notes = {name: '' for name, _ in commands}
    for _ in range(n):
        for name, command in commands:
            time.sleep(pause)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            out = subprocess.run(ns + command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
            times[name].append(time.perf_counter() - start)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if check: notes[name] = check(name, out)
    first = sorted(times[commands[0][0]])[n // 2]
    print('| command | median s | best s | ratio of medians | |\n|---|---|---|---|---|')
    for name, _ in commands:
        t = sorted(times[name])
        print(f'| {name} | {t[n // 2]:.3f} | {t[0]:.3f} | {t[n // 2] / first:.2f} | {notes[name]} |')
def last(name, out):
    lines = [l for l in out.splitlines() if target in l and not l.startswith('trace')]
    return 'reached' if lines else 'not reached'
# Six seconds fill a bucket of six.
if part == 'trace':
    measure([('traceroute -n', ['traceroute', '-n', target]), ('fathom trace -n', [fathom, 'trace', '-n', target]), ('fathom trace -n -U', [fathom, 'trace', '-n', '-U', target])], 6.5, runs, last)
elif part == 'samples':
    def losses(name, out):
        rows = [l for l in out.splitlines() if '%' in l and '10.' in l]
        return f"{sum('0.0%' in l or ' 0%' in l for l in rows)} of {len(rows)} hops without loss"
    measure([('mtr -n --report -c 10', ['mtr', '-n', '--report', '-c', '10', target]), ('fathom trace -n --report', [fathom, 'trace', '-n', '--report', target])], 6.5, max(3, runs // 2), losses)
else:
    def alive(name, out): return out.strip().splitlines()[-1] if name.startswith('fathom') and out.strip() else ''
    for prefix, what in (('10.9.0.0/16', 'all answer'), ('10.10.0.0/16', 'one in 256 answers')):
        print(f'\n### {prefix}, {what}\n')
        commands = [('fping -i 0 -r 0', ['fping', '-g', prefix, '-q', '-i', '0', '-r', '0', '-t', '500']), ('fathom -r 0', [fathom, 'ping', '--sweep', prefix, '-q', '-r', '0'])]
        commands.append(('fathom (one retry)', [fathom, 'ping', '--sweep', prefix, '-q']))
        measure(commands, 0.5, runs, alive)
P
client=${PREFIX}c
run() { python3 "$MEASURE_TMP/trace.py" "$runs" "$fathom" "$client" "$1"; }
world up 10
echo; echo "## 8 routers, 20 ms round trip, all answer"; echo; run trace
echo; echo "## The same, ten samples for each hop"; echo; run samples
for r in 3 6; do ip netns exec "${PREFIX}r$r" nft "add table ip q; add chain ip q o { type filter hook output priority 0; }; add rule ip q o icmp type time-exceeded drop"; done
echo; echo "## The same, hops 3 and 6 silent"; echo; run trace
world up 0
echo; echo "## Sweep of 65,534 addresses"; run sweep
