#!/usr/bin/env bash
# Runs against luck: tests/Luck/run.sh [--runs N [--from SEED]] | --seed N [--trace] | --goodput
# Without arguments 100,000 runs, whose table is committed in RESULTS.md. The exit status is 0 if no run failed.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build tests/Luck -c Release -v q >&2
[ $# -gt 0 ] || set -- --runs 100000
exec dotnet artifacts/bin/Luck/release/Luck.dll "$@"
