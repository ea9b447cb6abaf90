#!/bin/bash
# Every check there is, in the order in which things usually go wrong. Each step's time is shown and
# kept in target/test-times.txt. The output of a step is shown whole when it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never CARGO_NET_RETRY=10 CARGO_INCREMENTAL=0
target="${CARGO_TARGET_DIR:-$PWD/target}"
export CARGO_TARGET_DIR="$target"
mkdir -p "$target/test-logs"
# What a whole run on a fresh clone leaves behind, measured.
gb_needed=7
free_gb=$(($(df -Pk "$target" | awk 'END {print $4}') / 1024 / 1024))
if [ ! -d "$target/debug" ] && [ "$free_gb" -lt "$gb_needed" ]; then
  echo "note: $free_gb GB are free in $target; a first run takes about $gb_needed"
fi
times="$target/test-times.txt"
passed=0
: >"$times"
started=$SECONDS

step() {
  local name="$1" from=$SECONDS log
  shift
  log="$target/test-logs/${name// /-}.log"
  printf '%-28s' "$name"
  if "$@" >"$log" 2>&1 </dev/null; then
    count="$(tests_in "$log")"
    passed=$((passed + count))
    [ "$count" = 0 ] && count="" || count="$count tests"
    printf '%5d s  %s\n' "$((SECONDS - from))" "$count"
    printf '%s\t%d\n' "$name" "$((SECONDS - from))" >>"$times"
  else
    printf 'FAILED after %d s\n' "$((SECONDS - from))"
    cat "$log"
    echo "FAILED: $name"
    exit 1
  fi
}
# Tests that a step's log says were passed: by cargo and by vitest.
tests_in() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^test result: ok/ {n += $4}
    /^ *Tests +[0-9]+ passed/ {n += $2}
    END {print n + 0}'
}
in_ui() { (cd ui && npm run --silent "$1"); }
window_tests() {
  xvfb-run -a -s "-screen 0 1366x768x24 -nolisten tcp" \
    cargo test --locked -p packbench-window-tests -- --nocapture
}
deny() {
  local tool=cargo-deny
  command -v cargo-deny >/dev/null || tool="$target/tools/bin/cargo-deny"
  [ -x "$tool" ] || command -v "$tool" >/dev/null || tool=target/tools/bin/cargo-deny
  "$tool" --workspace check licenses bans sources
}
headless() {
  cargo build --locked -p packbench --no-default-features
  mkdir -p "$target/headless"
  cp "$target/debug/packbench" "$target/headless/packbench"
}

core=(-p packbench-label -p packbench-foreign -p packbench-station -p packbench-practice
  -p packbench-fuzz)
step "setup" ./scripts/setup.sh test
step "fmt" cargo fmt --all --check
step "ui check" in_ui check
step "ui test" in_ui test
step "ui build" in_ui build
# In one call: apart, what window and core share would be read twice, with other features.
step "clippy" cargo clippy --locked --workspace --all-targets -- -D warnings
step "build headless" headless
export PACKBENCH_BIN="$target/headless/packbench"
step "test command line" cargo test --locked -p packbench --no-default-features
# In one call, as above.
step "test core and stories" cargo test --locked "${core[@]}" -p packbench-tests
step "build window" cargo build --locked -p packbench
step "test window" window_tests
step "deny" deny
echo "all passed in $((SECONDS - started)) s; times in $times"
echo "$passed passed, 0 failed"
