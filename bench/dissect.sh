#!/usr/bin/env bash
# Decoding, one line a packet, and JSON, beside gopacket, PacketDotNet, tcpdump and tshark in one run: ../shared/measure/dissect with Fathom in its slots.
# `bench/dissect.sh [FATHOM]`; N, SLICE, JSON, RUNS, CAPTURES and PARTS go to ../shared/measure/dissect/run.sh. See README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
decode=$PWD/artifacts/decode/decode
dotnet publish bench/decode.cs -c Release -o artifacts/decode -v q >&2
# A slot holds one peer in each line.
export FATHOM_DISSECT="$decode one FILE
fathom, two threads=$decode two FILE
fathom, lend only=$decode lend FILE"
export FATHOM_SUMMARY="$fathom dissect FILE > /dev/null"
export FATHOM_JSON="$fathom dissect FILE --output json > /dev/null
fathom ndjson=$fathom dissect FILE --output ndjson > /dev/null"
echo "$(date -u +%Y-%m-%d), $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) CPUs"
exec bash ../shared/measure/dissect/run.sh
