#!/usr/bin/env bash
# A fuzzing campaign: tests/Fuzz/run.sh [EXECUTIONS] [TARGET]...
# Builds, counts the branches of Fathom.Wire (SharpFuzz), runs each target (1,000,000 times unless told otherwise) and prints the table of RESULTS.md.
# The corpus is made anew from what reaches something; finds go to artifacts/fuzz/finds. The exit status is 0 if there are none.
set -euo pipefail
cd "$(dirname "$0")/../.."
executions=${1:-1000000}
shift || true
out=artifacts/fuzz/bin
rm -rf "$out"
dotnet build tests/Fuzz -c Release -v q -o "$out" >&2
dotnet "$out/Fuzz.dll" instrument "$out/Fathom.Wire.dll"
echo "| target | executions | per second | branch pairs | corpus | slowest | finds |"
echo "|---|---|---|---|---|---|---|"
dotnet "$out/Fuzz.dll" run tests/Fuzz/corpus artifacts/fuzz/finds "$executions" "$@" --keep
