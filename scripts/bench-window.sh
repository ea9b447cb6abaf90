#!/bin/bash
# The window's figures of the README: a release build of the program, or the one that
# PACKBENCH_WINDOW_BIN names, under Xvfb with 100,000 waiting orders. On a quiet machine; minutes.
# Xvfb paints by the processor alone: a desk with a graphics card is faster.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
if [ -z "${PACKBENCH_WINDOW_BIN:-}" ]; then
  ./scripts/setup.sh test
  (cd ui && npm run --silent build)
  cargo build --locked --release -p packbench
  export PACKBENCH_WINDOW_BIN="$target/release/packbench"
fi
# As the program decides by itself where nobody drives it; see src-tauri/src/window/painting.rs.
ls /dev/dri/renderD* >/dev/null 2>&1 || export WEBKIT_DISABLE_DMABUF_RENDERER=1
grep -m1 'model name' /proc/cpuinfo || true
nproc
exec xvfb-run -a -s "-screen 0 1366x768x24 -nolisten tcp" \
  cargo bench --locked --profile dev -p packbench-window-tests --bench figures "$@"
