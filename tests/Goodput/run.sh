#!/usr/bin/env bash
# The kernel's TCP and Fathom's over the same path in real time: tests/Goodput/run.sh [cell … | table … | short …]; without arguments the table of RESULTS.md.
# Needs root and /dev/net/tun. Every kernel's end is a network namespace of its own; nothing of this machine's network is touched.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build tests/Goodput -c Release -v q >&2
[ $# -gt 0 ] || set -- table 8 20
# Packets are paced in real time: whatever else runs must not make them late.
exec chrt -f 10 dotnet artifacts/bin/Goodput/release/Goodput.dll "$@"
