#!/bin/bash
# The figures of the README: run it on a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."
grep -m1 'model name' /proc/cpuinfo || true
nproc
exec cargo bench --locked -p packbench-label -p packbench-foreign -p packbench-tests "$@"
