#!/bin/bash
# Type-checks the core and the command line for Windows, with Debian's rustc-web and a standard
# library built on the way; with wine also runs the tests of the platform's own code. Not part of
# `make test`: it installs 1.2 GB.
#
#   check-windows.sh            type-check, and what wine can run
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 binutils-mingw-w64-x86-64)
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
windows=(-Zbuild-std=std,panic_abort,panic_unwind --target x86_64-pc-windows-gnu)
/usr/bin/cargo check "${windows[@]}" --locked -p packbench-station
/usr/bin/cargo check "${windows[@]}" --locked -p packbench --no-default-features
