#!/bin/bash
# One label, 100 × 150 mm at 8 dots/mm, by our own path and by the ways others take; prints a table
# in Markdown. Run it on a quiet machine. Not part of `make test`.
#
# Needs chromium, ghostscript and lprint (apt-get install chromium ghostscript lprint) and Python 3
# with venv; Pillow and the readers come from PyPI into target/peers. A way whose program is missing
# is left out of the table, and said.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
export CARGO_TARGET_DIR="$target"
for program in chromium gs lprint python3; do
  command -v "$program" >/dev/null || echo "peers: $program is missing, its way is left out" >&2
done
cargo build --locked --release -p packbench-foreign --example peer
cargo build --locked -p packbench-tests --example measure
venv="$target/peers/venv"
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pillow==13.0.0 python-barcode==0.16.1 segno==1.6.6 zxing-cpp==3.1.1
fi
uptime >&2
exec "$venv/bin/python" tests/benches/peers/peers.py "$target" "$@"
