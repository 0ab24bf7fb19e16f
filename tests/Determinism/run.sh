#!/usr/bin/env bash
# The same seed gives the same packets, whatever was compiled how: `fathom lab hash` over 1,000 seeds (SEEDS) in Debug, Release and Native AOT must be one list.
# Writes hashes.txt, whose first lines the tests compare with, and RESULTS.md. The exit status is 0 if the three agree. FATHOM: a Native AOT command that is there already.
set -euo pipefail
cd "$(dirname "$0")/../.."
seeds=${SEEDS:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build src/Fathom.Cli -c Debug -v q >&2
dotnet build src/Fathom.Cli -c Release -v q >&2
aot=${FATHOM:-}
[ -n "$aot" ] || { dotnet publish src/Fathom.Cli -c Release -o artifacts/aot -v q >&2; aot=artifacts/aot/fathom; }
dotnet artifacts/bin/Fathom.Cli/debug/fathom.dll lab hash --seeds "$seeds" > "$work/Debug"
dotnet artifacts/bin/Fathom.Cli/release/fathom.dll lab hash --seeds "$seeds" > "$work/Release"
"$aot" lab hash --seeds "$seeds" > "$work/Native AOT"
{ head -n 20 "$work/Release"; [ "$seeds" -lt 2 ] || tail -n 1 "$work/Release"; } > tests/Determinism/hashes.txt
{
  echo "# The same seed, the same packets"
  echo
  echo "\`tests/Determinism/run.sh\`: a check of https://www.example.com/ in the default internet, name, TCP, TLS and HTTP, under each of $seeds seeds; a hash (SHA-256) over every frame at every port"
  echo "with its time, and a hash over these hashes. $(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)."
  echo
  echo "| build | seeds | hash over all |"
  echo "|---|---:|---|"
  for build in Debug Release "Native AOT"; do echo "| $build | $seeds | \`$(tail -n 1 "$work/$build" | cut -d' ' -f2)\` |"; done
} > tests/Determinism/RESULTS.md
cmp "$work/Debug" "$work/Release" && cmp "$work/Release" "$work/Native AOT" && cat tests/Determinism/RESULTS.md
