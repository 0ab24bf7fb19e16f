#!/usr/bin/env bash
# Measures `fathom check` beside its peers with ../shared/measure; prints a report. Needs root. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
measure=$(readlink -f ../shared/measure)
export MEASURE_TMP=${MEASURE_TMP:-/tmp/fathom-measure} PREFIX=${PREFIX:-fbench-} RUNS=${RUNS:-7}
client=${PREFIX}c ca=$MEASURE_TMP/world/cert.pem
mkdir -p "$MEASURE_TMP/bin" "/etc/netns/$client"
echo "nameserver 10.9.0.1" > "/etc/netns/$client/resolv.conf"
trap 'rm -rf "/etc/netns/$client"; bash "$measure/probes/world.sh" down >/dev/null 2>&1 || true' EXIT

echo "# fathom check, measured"
echo
echo "- $(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs, Linux $(uname -r)"
echo "- $("$fathom" --version)"
echo
echo "## Start"
FATHOM_START="$fathom --version" bash "$measure/start/run.sh" </dev/null 2>/dev/null | grep -E "^\| (peer|---|sh|curl|.NET|Native AOT hello|fathom|dig)"
echo
echo "## A check, and the same by hand"
PARTS=check FATHOM_CHECK="$fathom check https://www.example.test/ --ca-file $ca" bash "$measure/probes/run.sh" </dev/null 2>/dev/null

echo
echo "## curl's own GET beside a check, 20 ms round trip, alternating"
setsid bash "$measure/probes/world.sh" up 10 </dev/null >"$MEASURE_TMP/world.log" 2>&1 &
for _ in $(seq 100); do ip netns exec "$client" curl -sk -m 1 -o /dev/null --resolve www.example.test:443:10.9.0.1 https://www.example.test/ && break; sleep 0.2; done
python3 - "$client" "$fathom" "$ca" <<'P'
import os, resource, subprocess, sys, time
client, fathom, ca = sys.argv[1:]
ns = ['ip', 'netns', 'exec', client]
commands = {
    'curl, name resolved': ns + ['curl', '-s', '--cacert', ca, '-o', '/dev/null', 'https://www.example.test/'],
    'fathom check': ns + [fathom, 'check', 'https://www.example.test/', '--ca-file', ca],
}
times = {name: [] for name in commands}
for _ in range(21):
    for name, command in commands.items():
        start = time.perf_counter()
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times[name].append(time.perf_counter() - start)
median = {name: sorted(t)[len(t) // 2] for name, t in times.items()}
print('| command | median ms | min ms | ratio |\n|---|---|---|---|')
for name, t in times.items():
    print(f"| {name} | {median[name] * 1000:.1f} | {min(t) * 1000:.1f} | {median[name] / median['curl, name resolved']:.2f} |")

print('\n## 1,000 targets from standard input, 20 ms round trip\n')
process = subprocess.Popen(ns + [fathom, 'check', '-', '--ca-file', ca, '--output', 'ndjson'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
import threading
def feed():
    for i in range(1000): process.stdin.write(b'https://www.example.test/\n')
    process.stdin.close()
threading.Thread(target=feed).start()
widest, works, start = 0, 0, time.perf_counter()
for line in process.stdout:
    if line.startswith(b'{"type":"result"'):
        works += b'"status":"works"' in line
        try: widest = max(widest, len(os.listdir(f'/proc/{process.pid}/fd')))
        except OSError: pass
_, status, usage = os.wait4(process.pid, 0)
print('| wall s | CPU s | peak MB | most descriptors | works |\n|---|---|---|---|---|')
print(f'| {time.perf_counter() - start:.1f} | {usage.ru_utime + usage.ru_stime:.1f} | {usage.ru_maxrss / 1024:.0f} | {widest} | {works} |')
P
