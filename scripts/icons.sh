#!/bin/sh
# Draws the app icons again (needs ImageMagick). The results in icons/ are committed; run it only
# when the drawing changes.
set -eu
cd "$(dirname "$0")/../icons"
big="$(mktemp --suffix=.png)"
trap 'rm -f "$big"' EXIT
convert -size 2048x2048 xc:none \
  -fill '#173a6a' -draw 'roundrectangle 64,64 1983,1983 400,400' \
  -fill '#ffffff' -draw 'polygon 1024,420 1612,716 1024,1012 436,716' \
  -fill '#dbe6f4' -draw 'polygon 436,796 984,1072 984,1692 436,1416' \
  -fill '#f4f8fd' -draw 'polygon 1612,796 1064,1072 1064,1692 1612,1416' \
  -fill '#f0a02c' -draw 'polygon 730,568 816,525 1404,821 1318,864' \
  -fill '#173a6a' -draw 'polygon 1200,1306 1232,1290 1232,1490 1200,1506' \
  -draw 'polygon 1264,1274 1328,1242 1328,1442 1264,1474' \
  -draw 'polygon 1360,1226 1392,1210 1392,1410 1360,1426' \
  -draw 'polygon 1424,1194 1504,1154 1504,1354 1424,1394' \
  "$big"
for size in 512 128 32; do
  name=icon.png
  [ "$size" = 512 ] || name="${size}x${size}.png"
  convert "$big" -resize "${size}x${size}" -strip "PNG32:$name"
done
convert "$big" -resize 256x256 -define icon:auto-resize=256,64,48,32,16 icon.ico
# macOS wants one file of several sizes: "icns", its length, then each picture behind its four letters.
for size in 1024 512 256 128; do
  convert "$big" -resize "${size}x${size}" -strip "PNG32:$big.$size.png"
done
python3 - "$big" icon.icns <<'PYTHON'
import pathlib, sys
parts = b""
for kind, size in [(b"ic07", 128), (b"ic08", 256), (b"ic09", 512), (b"ic10", 1024)]:
    picture = pathlib.Path(f"{sys.argv[1]}.{size}.png").read_bytes()
    parts += kind + (len(picture) + 8).to_bytes(4, "big") + picture
pathlib.Path(sys.argv[2]).write_bytes(b"icns" + (len(parts) + 8).to_bytes(4, "big") + parts)
PYTHON
rm -f "$big".*.png
