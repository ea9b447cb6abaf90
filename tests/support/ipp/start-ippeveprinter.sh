#!/bin/sh
# Runs a real IPP printer (CUPS' ippeveprinter) in the foreground on 127.0.0.1:PORT; what it prints
# ends in ROOT/spool. It insists on DNS-SD: where no avahi answers, a private one is started beside
# it, on a bus of its own and on the loopback alone, which only root can do. Ends with 77 and the
# reason where it cannot be had.
# usage: start-ippeveprinter.sh ROOT PORT COMMAND     COMMAND gets each document
set -eu
ROOT=${1:?start-ippeveprinter.sh ROOT PORT COMMAND}
PORT=${2:?start-ippeveprinter.sh ROOT PORT COMMAND}
COMMAND=${3:?start-ippeveprinter.sh ROOT PORT COMMAND}
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$ROOT/spool"
cannot() {
    echo "no real IPP printer: $1" >&2
    exit 77
}
command -v ippeveprinter >/dev/null || cannot "cups-ipp-utils is not installed"
bus=
avahi=
printer=
end() {
    for one in $printer $avahi $bus; do kill "$one" 2>/dev/null || true; done
}
trap end EXIT
trap 'exit 1' INT TERM

if [ ! -S /run/dbus/system_bus_socket ]; then
    [ "$(id -u)" = 0 ] || cannot "no system bus, and only root can start a private avahi"
    command -v avahi-daemon >/dev/null || cannot "avahi-daemon is not installed"
    command -v dbus-daemon >/dev/null || cannot "dbus-daemon is not installed"
    cat > "$ROOT/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=$ROOT/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
CONF
    cat > "$ROOT/avahi.conf" <<CONF
[server]
allow-interfaces=lo
use-ipv4=yes
use-ipv6=no
enable-dbus=yes
CONF
    export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$ROOT/bus"
    dbus-daemon --config-file="$ROOT/bus.conf" --nofork --nopidfile &
    bus=$!
    while [ ! -S "$ROOT/bus" ]; do
        kill -0 "$bus" 2>/dev/null || cannot "the private bus ended"
    done
    avahi-daemon -f "$ROOT/avahi.conf" --no-drop-root --no-chroot --no-rlimits &
    avahi=$!
    # It takes its name on the bus when it is ready.
    until dbus-send --bus="$DBUS_SYSTEM_BUS_ADDRESS" --print-reply --dest=org.freedesktop.Avahi / \
        org.freedesktop.Avahi.Server.GetState >/dev/null 2>&1; do
        kill -0 "$avahi" 2>/dev/null || cannot "the private avahi ended"
    done
fi
ippeveprinter -r off -n localhost -p "$PORT" -d "$ROOT/spool" -k -c "$COMMAND" \
    -f application/vnd.zebra-zpl,image/pwg-raster "Packbench test label" &
printer=$!
wait "$printer"
