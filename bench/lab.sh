#!/usr/bin/env bash
# The lab beside ns-3 on the same two worlds, in one run: ../shared/measure/lab with Fathom in its slot. `bench/lab.sh`; RUNS, CASES as there ('dumbbell 10 100 10', one a line).
# Then what has no peer: building many hosts with their routes, and the time of `fathom check --lab` (FATHOM: the Native AOT command). See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet publish bench/lab.cs -c Release -o artifacts/lab -v q >&2
lab=$PWD/artifacts/lab/lab
echo "$(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs"
FATHOM_LAB=$lab bash ../shared/measure/lab/run.sh
for count in 10000 100000; do
  echo; echo "### hosts $count"; for _ in 1 2 3; do "$lab" hosts $count; done
done
fathom=${FATHOM:-artifacts/aot/fathom}
[ -x "$fathom" ] || exit 0
echo; echo "### fathom check --lab, wall ms"
for _ in 1 2 3 4 5; do start=$(date +%s%N); "$fathom" check --lab >/dev/null || true; echo "$(( ($(date +%s%N) - start) / 1000000 ))"; done
