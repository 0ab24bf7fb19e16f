#!/usr/bin/env bash
# The stack against the kernel over TUN, beside gVisor, slirp4netns, pasta and the bare relay in one run: ../shared/measure/stack with Fathom in its slot, once
# with whole packets and once with the virtio header (offloads). `bench/stack.sh [PEER ...]`; RUNS, SECS go to ../shared/measure/stack/run.sh; SPIN is how many
# microseconds the stack looks for the next frame before it sleeps (default 0). Needs root. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet publish bench/stack.cs -c Release -o artifacts/stack -v q >&2
stack=$PWD/artifacts/stack/stack
echo "$(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs"
# The slot holds one command: two runs, whose own peers are to be compared with Fathom's row in the same run.
for mode in plain vnet; do
  echo; echo "Fathom, $mode${SPIN:+, spin $SPIN us}"; echo
  FATHOM_STACK="$stack {tun} {addr} {mtu} {port} $mode ${SPIN:-0}" PREFIX="fs-$mode-" bash ../shared/measure/stack/run.sh "$@"
done
