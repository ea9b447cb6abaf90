#!/bin/bash
# Runs the targets of tests/fuzz one after another under libFuzzer, guided by coverage, from the kept
# corpora. Not part of `make test`, which bends the same corpora blindly.
#
#   fuzz.sh [SECONDS] [TARGET…]     SECONDS for each target, 60 if nothing is said
#
# An input that breaks something is left in target/fuzz/broken; once mended, it goes into
# tests/fuzz/corpus/TARGET and is tried by every `make test`. What was learnt on the way stays in
# target/fuzz/TARGET; `fuzz.sh --keep TARGET` moves the little that adds coverage into the corpus.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
export CARGO_TARGET_DIR="$target"
host="$(rustc -vV | sed -n 's/^host: //p')"

# Counters at every edge and compared values, by LLVM's own pass, which a stable compiler has too.
# `--target` keeps the flags away from build scripts.
cover=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares)
RUSTFLAGS="${cover[*]}" cargo build --locked --profile fuzz --target "$host" \
  -p packbench-fuzz --features guided --bin guided
guided="$target/$host/fuzz/guided"

if [ "${1:-}" = --keep ]; then
  name="${2:?fuzz.sh --keep TARGET}"
  PACKBENCH_FUZZ="$name" "$guided" -merge=1 "tests/fuzz/corpus/$name" "$target/fuzz/$name"
  exit
fi

seconds="${1:-60}"
shift || true
names=("$@")
[ "${#names[@]}" -gt 0 ] || mapfile -t names < <(ls tests/fuzz/corpus)
mkdir -p "$target/fuzz/broken"
broken=0
for name in "${names[@]}"; do
  mkdir -p "$target/fuzz/$name"
  log="$target/fuzz/$name.log"
  dict=()
  [ ! -f "tests/fuzz/words/$name" ] || dict=("-dict=tests/fuzz/words/$name")
  printf '%-10s' "$name"
  if PACKBENCH_FUZZ="$name" "$guided" "-max_total_time=$seconds" -timeout=20 -rss_limit_mb=2048 \
    -max_len=65536 "${dict[@]}" "-artifact_prefix=$target/fuzz/broken/$name-" -print_final_stats=1 \
    "$target/fuzz/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
    grep -E '^#[0-9]+.DONE' "$log"
  else
    broken=1
    echo "BROKEN, see $log"
    grep -aE 'panicked|ERROR|Test unit' -A1 "$log" | head -6
  fi
done
exit "$broken"
