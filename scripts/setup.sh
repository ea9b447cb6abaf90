#!/bin/bash
# Installs what is missing: system packages by apt (as root or by sudo, else it names them) and the
# window's packages by npm. Nothing comes from anywhere else.
#
#   setup.sh headless   what the command line needs to be built
#   setup.sh window     and the window
#   setup.sh test       and the tests
set -euo pipefail
cd "$(dirname "$0")/.."
what="${1:-window}"

packages=(build-essential pkg-config libcups2-dev)
if [ "$what" != headless ]; then
  packages+=(libwebkit2gtk-4.1-dev fonts-noto-cjk)
fi
if [ "$what" = test ]; then
  packages+=(avahi-daemon cups cups-ipp-utils dbus lprint xvfb xauth webkit2gtk-driver
    zxing-cpp-tools)
fi

missing=()
if command -v dpkg-query >/dev/null; then
  for package in "${packages[@]}"; do
    state="$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)"
    [ "$state" = "install ok installed" ] || missing+=("$package")
  done
else
  echo "setup: not a Debian system; these packages or their like are needed: ${packages[*]}" >&2
fi

apt() {
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q \
    -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3 "$@"
}

if [ "${#missing[@]}" -gt 0 ]; then
  if ! command -v apt-get >/dev/null || { [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; }; then
    echo "setup: please have these installed: ${missing[*]}" >&2
    exit 1
  fi
  echo "setup: installing ${missing[*]}"
  apt update
  # A policy of the system may start services at once; the tests run a cupsd of their own.
  apt install -y --no-install-recommends "${missing[@]}" ||
    { sleep 5; apt update; apt install -y --no-install-recommends "${missing[@]}"; }
fi

if ! command -v cargo >/dev/null; then
  echo "setup: cargo is missing; rust-version of Cargo.toml says which Rust is needed" >&2
  exit 1
fi

if [ "$what" != headless ]; then
  if ! command -v npm >/dev/null; then
    echo "setup: npm is missing; ui/package.json says which Node is needed" >&2
    exit 1
  fi
  if [ ! ui/node_modules/.package-lock.json -nt ui/package-lock.json ]; then
    echo "setup: npm ci"
    (cd ui && { npm ci --no-audit --no-fund || { sleep 5; npm ci --no-audit --no-fund; }; })
  fi
fi

if [ "$what" = test ] && ! command -v cargo-deny >/dev/null && [ ! -x target/tools/bin/cargo-deny ]
then
  echo "setup: cargo-deny"
  # Unoptimised: it runs once, and is built in a third of the time. What it was built from is of no
  # use to the rest, and nearly a gigabyte.
  CARGO_TARGET_DIR=target/tools/build cargo install cargo-deny --version 0.20.2 --locked --debug \
    --quiet --root target/tools
  rm -rf target/tools/build
fi
