#!/usr/bin/env bash
# Measures one DNS question as a process, `fathom dns` beside dig, both against NSD on the loopback of a namespace; prints a report. Needs root. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s\n' '$ORIGIN example.test.' '$TTL 300' '@ SOA ns admin 1 3600 600 86400 60' '@ NS ns' 'ns A 127.0.0.1' 'www A 192.0.2.80' > "$work/example.zone"
cat > "$work/nsd.conf" <<C
server:
  ip-address: 127.0.0.1@5300
  server-count: 1
  username: ""
  database: ""
  zonesdir: "$work"
  pidfile: "$work/nsd.pid"
  logfile: "$work/nsd.log"
  zonelistfile: "$work/nsd.list"
  xfrdfile: "$work/nsd.xfrd"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "example.test"
  zonefile: "example.zone"
C

echo "# A DNS question as a process, measured"
echo
echo "- $(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs, Linux $(uname -r)"
echo "- $("$fathom" --version), $(dig -v 2>&1), load $(cut -d' ' -f1 /proc/loadavg)"
echo
unshare -n python3 - "$fathom" "$work" <<'P'
import os, subprocess, sys, time
fathom, work = sys.argv[1:]
subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
nsd = subprocess.Popen(['nsd', '-d', '-c', work + '/nsd.conf'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(100):
        if subprocess.run(['dig', '@127.0.0.1', '-p', '5300', '+time=1', '+tries=1', 'www.example.test'], stdout=subprocess.DEVNULL).returncode == 0: break
        time.sleep(0.1)
    commands = {
        'dig': ['dig', '@127.0.0.1', '-p', '5300', 'www.example.test'],
        'dig +short': ['dig', '@127.0.0.1', '-p', '5300', 'www.example.test', '+short'],
        'fathom dns': [fathom, 'dns', '@127.0.0.1', '-p', '5300', 'www.example.test'],
        'fathom dns +short': [fathom, 'dns', '@127.0.0.1', '-p', '5300', 'www.example.test', '+short'],
    }
    wall, cpu = ({name: [] for name in commands} for _ in range(2))
    for _ in range(51):
        for name, command in commands.items():
            start = time.perf_counter()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
            out = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            wall[name].append(time.perf_counter() - start)
            cpu[name].append(usage.ru_utime + usage.ru_stime)
            assert status == 0 and b'192.0.2.80' in out, (name, status, out)
    median = lambda t: sorted(t)[len(t) // 2]
    print('51 runs each, in turns.\n\n| command | median ms | min ms | CPU ms | ratio of medians | ratio of minima |\n|---|---|---|---|---|---|')
    for name in commands:
        peer = 'dig +short' if name.endswith('+short') else 'dig'
        print(f'| {name} | {median(wall[name]) * 1000:.1f} | {min(wall[name]) * 1000:.1f} | {median(cpu[name]) * 1000:.1f} '
              f'| {median(wall[name]) / median(wall[peer]):.2f} | {min(wall[name]) / min(wall[peer]):.2f} |')
finally:
    nsd.terminate()
    nsd.wait()
P
