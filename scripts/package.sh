#!/bin/bash
# Builds the packages for this system (.deb and .rpm) with Tauri's bundler, and looks at the .deb.
#
#   package.sh               build, and say what is inside
#   package.sh check [DEB]   the same (or of one that is there), then as root: install it, start it,
#                            remove it, and nothing is left
set -euo pipefail
cd "$(dirname "$0")/.."
# The bundler of the version of `tauri` in Cargo.lock; a program of its own, so no part of the window.
bundler="@tauri-apps/cli@2.12.5"
target="${CARGO_TARGET_DIR:-$PWD/target}"
fail() {
  echo "package: $*" >&2
  exit 1
}

if [ -n "${2:-}" ]; then
  deb="$(realpath "$2")"
else
  ./scripts/setup.sh window
  (cd ui && npm run --silent build)
  # Not signed: who hands packages on signs them with keys of their own.
  (cd src-tauri && npm exec --yes --package="$bundler" -- \
    tauri build --bundles deb,rpm --no-sign -- --locked)
  deb="$(ls -t "$target"/release/bundle/deb/*.deb | head -1)"
fi
contents="$(dpkg-deb -c "$deb")"
for file in usr/bin/packbench usr/share/applications/packbench.desktop \
  usr/lib/udev/rules.d/70-packbench.rules usr/share/icons/hicolor/128x128/apps/packbench.png; do
  grep -q " \(\./\)\?$file\$" <<<"$contents" || fail "$file is not in $deb"
done
dpkg-deb -I "$deb"
echo "package: $deb ($(du -h "$deb" | cut -f1))"
[ "${1:-}" = check ] || exit 0

[ "$(id -u)" = 0 ] || fail "installing needs root"
before="$(mktemp)" after="$(mktemp)" home="$(mktemp -d)"
cleared() {
  rm -rf "$before" "$after" "$home"
}
trap cleared EXIT
places=(/usr/bin /usr/lib/udev /usr/lib/packbench /usr/share/applications /usr/share/icons
  /usr/share/doc /usr/share/packbench)
# Indices that other packages' own triggers keep are not ours.
listed() {
  # Not each of these places is there before.
  { find "${places[@]}" 2>/dev/null || true; } | grep -v -e mimeinfo.cache -e icon-theme.cache | sort
}
listed >"$before"
DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=900 \
  install -y --no-install-recommends "$deb"
command -v desktop-file-validate >/dev/null &&
  desktop-file-validate /usr/share/applications/packbench.desktop
packbench() { /usr/bin/packbench --home "$home/station" "$@"; }
packbench init --practice
packbench import --sample >/dev/null || [ $? = 1 ]
packbench ship --all >/dev/null || [ $? = 1 ]
printed="$(packbench --json orders --state printed --limit 500 | grep -o '"waybillNo":"[^"]*"' | wc -l)"
[ "$printed" -gt 0 ] || fail "no order was shipped by the installed program"
echo "package: $printed orders shipped by the installed program"
if command -v xvfb-run >/dev/null; then
  # The window opens its home anew; that it is up is seen by the lock it holds.
  xvfb-run -a -s "-screen 0 1366x768x24 -nolisten tcp" \
    /usr/bin/packbench --home "$home/station" >/dev/null 2>&1 &
  window=$!
  for _ in $(seq 60); do
    sleep 0.5
    packbench status >/dev/null 2>&1 || break
  done
  packbench status >/dev/null 2>&1 && fail "the window did not open"
  pkill -f -- "--home $home/station" || true
  wait "$window" || true
  echo "package: the window opens"
fi
DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=900 remove -y packbench
listed >"$after"
diff "$before" "$after" || fail "something was left behind"
echo "package: installed, started, removed; nothing left"
