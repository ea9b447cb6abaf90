#!/bin/bash
# A day of the Windows program under wine: help, settings, check, orders, numbers, labels into a
# folder and through winspool's own calls into a queue (wine hands it to a private cupsd), every
# byte compared with what the program says the label is. The home's name has a blank and Chinese.
#
#   day.sh PACKBENCH.EXE FOLDER     FOLDER is made anew
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
exe="$(realpath "$1")"
root="$(realpath -m "$2")"
rm -rf "$root"
mkdir -p "$root/paper" "$root/cups"
started=()
cleared() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
}
trap cleared EXIT
fail() {
  echo "windows: $*" >&2
  exit 1
}
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# A path as Windows writes it.
w() { printf 'Z:%s' "${1//\//\\}"; }
home=''
# Wine mixes its own words into the output of a first start; only ours are wanted.
packbench() { wine "$exe" --home "$(w "$home")" "$@" 2>>"$root/words" </dev/null | tr -d '\r'; }
# `ship` and `import` end with 1 where an order needs a person, as some samples do.
asks() { packbench "$@" >>"$root/words" || [ "$?" = 1 ] || fail "$* ended with $?"; }
# The practice printer's place is taken by another, as a person writes it.
printer_is() {
  python3 - "$home/station.toml" "$1" <<'PYTHON'
import pathlib, re, sys
path, address = pathlib.Path(sys.argv[1]), sys.argv[2]
text = path.read_text("utf-8")
# The scale has an address, too.
head, printer, rest = text.partition("[[printer]]")
rest = re.sub("(?m)^address = .*", lambda _: f"address = '{address}'", rest, count=1)
rest = re.sub("(?m)^confirm = .*", 'confirm = "none"', rest, count=1)
text = head + printer + rest
path.write_text(text, "utf-8")
PYTHON
}
number_of() { grep -o '"waybillNo":"[^"]*"' | cut -d'"' -f4 | sort; }
# Every label of `numbers` is one of the files, byte for byte, and there is no other file.
each_once_in() {
  local no file out
  while read -r no; do
    packbench label "$no" --bytes "$(w "$root/label-$no")" >>"$root/words"
    out=0
    for file in "$1"/*.*; do
      if cmp -s "$file" "$root/label-$no"; then out=$((out + 1)); fi
    done
    [ "$out" = 1 ] || fail "$no came out $out times"
  done <"$root/numbers"
  [ "$(find "$1" -name '*.*' | wc -l)" = "$(wc -l <"$root/numbers")" ] || fail 'more than was printed'
}

wine "$exe" --help | grep -q init || fail 'no help'

spooler="$(port)"
printer="$(port)"
python3 "$here/paper.py" "$printer" "$root/paper" &
started+=("$!")
sh "$here/../../tests/support/cups/start-cupsd.sh" "$root/cups" "$spooler" >"$root/cups.words" 2>&1 &
started+=("$!")
export CUPS_SERVER="127.0.0.1:$spooler"
until [ -e "$root/paper/up" ] && lpstat -r >/dev/null 2>&1; do
  kill -0 "${started[@]}" || fail 'no spooler'
done
PATH="$PATH:/usr/sbin" lpadmin -p '标签-1' -E -v "socket://127.0.0.1:$printer/?waiteof=false" -m raw 2>/dev/null

# A folder.
home="$root/打包 台 one"
packbench init --practice >>"$root/words"
[ -s "$home/station.toml" ] || fail 'no settings'
printer_is "dir:$(w "$root")\\标签 out"
packbench --json check >"$root/check.json" || fail "check: $(cat "$root/check.json")"
asks import --sample
asks ship --all
packbench --json orders --state printed --limit 500 | number_of >"$root/numbers"
[ -s "$root/numbers" ] || fail 'nothing was printed'
each_once_in "$root/标签 out"
echo "windows: $(wc -l <"$root/numbers") labels into a folder, as drawn"

# A queue.
home="$root/打包 台 two"
packbench init --practice >>"$root/words"
printer_is 'queue:标签-1'
packbench --json printers --find | grep -q '标签-1' || fail 'the queue is not found'
asks import --sample
asks ship --all
packbench --json orders --state printed --limit 500 | number_of >"$root/numbers"
[ -s "$root/numbers" ] || fail 'nothing was printed through the queue'
wanted="$(wc -l <"$root/numbers")"
until [ "$(find "$root/paper" -name '*.job' | wc -l)" -ge "$wanted" ]; do
  kill -0 "${started[@]}" || fail 'the spooler ended'
done
each_once_in "$root/paper"
echo "windows: $wanted labels through winspool, each once, as drawn"
