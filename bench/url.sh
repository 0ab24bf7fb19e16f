#!/usr/bin/env bash
# `fathom url -` on a million lines beside Node doing the same, alternating; prints a table. Needs nodejs. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
rounds=${ROUNDS:-3}
lines=$(mktemp) times=$(mktemp)
trap 'rm -f "$lines" "$times"' EXIT

# URLs of many shapes, from WPT's setters tests as ../shared/measure/calc takes them, and longer ones of everyday's form.
python3 - > "$lines" <<'P'
import json, random
random.seed(23)
with open('../shared/conformance/url/wpt/setters_tests.json', encoding='utf-8') as f: tests = json.load(f)
shapes = [t['href'] for rows in tests.values() for t in rows if isinstance(t, dict) and '\n' not in t['href'] and not t['href'].startswith('#')]
for i in range(1_000_000):
    if i % 2: print(random.choice(shapes))
    else: print(f'https://www.shop{random.randrange(5000)}.example/catalog/{i}/../item-{i}?page={i % 97}&sort=name#top')
P
node_script="
let out = [], good = 0;
const rl = require('readline').createInterface({ input: process.stdin });
rl.on('line', l => { try { out.push(new URL(l).href); good++; } catch { } if (out.length > 2000) { process.stdout.write(out.join('\n') + '\n'); out = []; } });
rl.on('close', () => { if (out.length) process.stdout.write(out.join('\n') + '\n'); });
"
run() { # NAME COMMAND...
  local name=$1 start end; shift
  start=$(date +%s.%N)
  "$@" < "$lines" > /dev/null 2>&1 || true
  end=$(date +%s.%N)
  echo "$name $(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.2f", b - a }')" >> "$times"
}
for _ in $(seq "$rounds"); do
  run "fathom" "$fathom" url -
  run "fathom-ndjson" "$fathom" url - --output ndjson
  run "node" node -e "$node_script"
done
echo "$(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs, Node $(node --version)"
echo "| a million lines | median s | min s |"
echo "|---|---|---|"
for name in fathom fathom-ndjson node; do
  awk -v n="$name" '$1 == n { print $2 }' "$times" | sort -n | awk -v n="$name" '{ t[NR] = $1 } END { printf "| %s | %.2f | %.2f |\n", n, t[int((NR + 1) / 2)], t[1] }'
done
