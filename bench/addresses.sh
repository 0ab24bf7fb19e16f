#!/usr/bin/env bash
# Measures the address commands; prints a report. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "# Addresses, measured"
echo
echo "- $(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs, Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
echo "- $("$fathom" --version)"
echo
echo "## A million addresses from standard input"
echo
python3 - "$work/list" <<'P'
import random, sys
r = random.Random(3)
with open(sys.argv[1], 'w') as f:
    for i in range(1_000_000):
        v4 = '.'.join(str(r.getrandbits(8)) for _ in range(4))
        f.write(f'{v4}\n' if i % 4 < 2 else f'{v4}/{r.randint(8, 32)}\n' if i % 4 == 2 else f'2001:db8:{r.getrandbits(16):x}::{r.getrandbits(16):x}/64\n')
P
cat > "$work/peer.py" <<'P'
import ipaddress, sys
for line in sys.stdin:
    i = ipaddress.ip_interface(line.strip())
    print(i.ip, i.network, i.is_private, i.is_global)
P
echo "| what | wall s |"
echo "|---|---|"
measure() {
  local start end
  start=$(date +%s.%N); "${@:2}" < "$work/list" > "$work/out"; end=$(date +%s.%N)
  awk -v n="$1" -v a="$start" -v b="$end" 'BEGIN { printf "| %s | %.2f |\n", n, b - a }'
  [ "$(wc -l < "$work/out")" = 1000000 ] || { echo "$1: $(wc -l < "$work/out") lines instead of 1000000" >&2; exit 1; }
}
for _ in 1 2 3; do
  measure 'fathom ip -' "$fathom" ip -
  measure 'fathom ip - --output ndjson' "$fathom" ip - --output ndjson
  measure 'python3 ipaddress, less said' python3 "$work/peer.py"
done
echo
echo "## Longest prefix among 1,000,000 routes"
echo
dotnet run -c Release bench/prefix-table.cs
