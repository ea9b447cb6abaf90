#!/bin/bash
# Opens the window. Without a display it says so, and does the same job on the command line: sample
# orders, numbers and labels from the practice carrier and printer, and the labels' pictures.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-target}"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  ./scripts/setup.sh window
  (cd ui && npm run --silent build)
  cargo build --locked -p packbench
  exec "$target/debug/packbench" "$@"
fi

echo "这里没有显示器，改用命令行演示。 There is no display here: the same job on the command line."
./scripts/setup.sh headless
cargo build --locked -p packbench --no-default-features
out=demo-out
rm -rf "$out"
mkdir -p "$out"
packbench() {
  echo "\$ packbench $*" >&2
  "$target/debug/packbench" --home "$out/home" "$@"
}

packbench init --practice
# Some of the sample orders cannot be sent as they stand, which ends with 1: they need a person.
packbench import --sample || [ $? = 1 ]
packbench ship --all || [ $? = 1 ]
packbench orders --state attention
packbench status
numbers="$(packbench --json orders --state printed --limit 500 |
  grep -o '"waybillNo":"[^"]*"' | cut -d'"' -f4)"
for number in $numbers; do
  packbench label "$number" --png "$out/label-$number.png" >/dev/null 2>&1
done
echo
echo "面单图片 · label pictures: $(ls "$out"/label-*.png | wc -l) × $out/label-*.png"
