#!/bin/bash
# Builds the whole program for Windows with Debian's rustc-web and a standard library built on the
# way, links it, and under wine runs the tests of the platform's own code and a day of the program.
# Not part of `make test`: it installs 1.3 GB and builds everything once more.
#
#   check-windows.sh            everything
#   check-windows.sh headless   without the window
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 binutils-mingw-w64-x86-64
  wine wine64 cups cups-client python3)
missing=()
for package in "${packages[@]}"; do
  state="$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)"
  [ "$state" = "install ok installed" ] || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  "${as[@]}" apt-get update
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=900 \
    install -y --no-install-recommends "${missing[@]}"
fi
# Debian's compiler, not rustup's: only its sources of the standard library are here.
export PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/windows"
triple=x86_64-pc-windows-gnu
windows=(-Zbuild-std=std,panic_abort,panic_unwind --target "$triple" --locked)
debug="$CARGO_TARGET_DIR/$triple/debug"

# The crate `printers` breaks on Windows (a null list where there is no printer, writes that nobody
# looks at): it is not in the program there.
if /usr/bin/cargo tree --locked --target "$triple" -p packbench -e normal | grep -q ' printers v'; then
  echo 'windows: the crate `printers` is part of the program' >&2
  exit 1
fi

# Platform code and its tests.
/usr/bin/cargo build "${windows[@]}" -p packbench --no-default-features
cp "$debug/packbench.exe" "$debug/packbench-headless.exe"
tests=(-p packbench-station --lib --test ports --test find --test probe)
/usr/bin/cargo test "${windows[@]}" "${tests[@]}" --no-run --message-format=json |
  python3 -c '
import json, sys
for line in sys.stdin:
    it = json.loads(line)
    if it.get("executable") and it.get("profile", {}).get("test"):
        print(it["executable"])' >"$CARGO_TARGET_DIR/tests.txt"
[ -s "$CARGO_TARGET_DIR/tests.txt" ]

export WINEPREFIX="$CARGO_TARGET_DIR/wine" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
for folder in "$debug" "$debug/deps"; do
  x86_64-w64-mingw32-gcc -shared -o "$folder/bcryptprimitives.dll" scripts/windows/prng.c -ladvapi32
done
wineboot --init >/dev/null 2>&1
while read -r test; do
  echo "windows: $(basename "$test")"
  # Wine makes no chain engine with roots of our own ("invalid parameter"): what a certificate of an
  # authority of ours is taken for must be seen on a real Windows.
  wine "$test" --quiet --skip carrier::http::certificates </dev/null
done <"$CARGO_TARGET_DIR/tests.txt"
scripts/windows/day.sh "$debug/packbench-headless.exe" "$CARGO_TARGET_DIR/day"

# The window. Wine has no WebView2: it is linked here, and the command line in it asked.
if [ "${1:-all}" != headless ]; then
  if [ ! -e ui/dist/index.html ]; then
    (cd ui && npm ci --no-audit --no-fund && npm run --silent build)
  fi
  /usr/bin/cargo build "${windows[@]}" -p packbench
  wine "$debug/packbench.exe" --help | grep -q init
  echo 'windows: the whole program is linked'
fi
