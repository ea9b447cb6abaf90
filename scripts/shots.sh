#!/bin/bash
# Takes the screenshots of the README anew, in both languages, from the real window.
set -euo pipefail
cd "$(dirname "$0")/.."
./scripts/setup.sh test
(cd ui && npm run --silent build)
cargo build --locked -p packbench
mkdir -p docs
PACKBENCH_SHOTS="$PWD/docs" xvfb-run -a -s "-screen 0 1366x768x24 -nolisten tcp" \
  cargo test --locked -p packbench-window-tests
ls -l docs/*.png
