#!/bin/sh
# Runs LPrint, another hand's label printer application, in the foreground on 127.0.0.1:PORT with
# one queue, `label`: a 4-inch ZPL printer at 203 dpi whose wire is tcp 127.0.0.1:WIRE. It keeps
# everything in ROOT and announces nothing. Ends with 77 and the reason where it cannot be had.
# usage: start-lprint.sh ROOT PORT WIRE      somebody must listen on WIRE; ROOT/ready says "ready"
set -eu
ROOT=${1:?start-lprint.sh ROOT PORT WIRE}
PORT=${2:?start-lprint.sh ROOT PORT WIRE}
WIRE=${3:?start-lprint.sh ROOT PORT WIRE}
cannot() {
    echo "no LPrint: $1" >&2
    exit 77
}
command -v lprint >/dev/null || cannot "lprint is not installed"
# Its settings and its local socket stay in ROOT, away from one that runs for the user.
export HOME="$ROOT" TMPDIR="$ROOT"
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
}
trap end EXIT
trap 'exit 1' INT TERM
lprint server -o server-port="$PORT" -o listen-hostname=localhost -o server-hostname=localhost \
    -o server-options=multi-queue,no-dns-sd -o spool-directory="$ROOT/spool" \
    -o log-file="$ROOT/lprint.log" -o log-level=info &
server=$!
# By its address: without one, the client would start a second server if it came too early.
until lprint add -u "ipp://localhost:$PORT/ipp/system" -d label -m zpl_4inch-203dpi-dt \
    -v "socket://127.0.0.1:$WIRE" 2>"$ROOT/add.log"; do
    kill -0 "$server" 2>/dev/null || cannot "it ended: $(cat "$ROOT/add.log")"
done
echo ready > "$ROOT/ready"
wait "$server"
