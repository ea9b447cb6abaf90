# The two commands: `make run` and `make test`. Each installs what it needs first.
.PHONY: setup run test test-karrio bench bench-peers bench-window fuzz shots check-windows package check-package

setup:
	./scripts/setup.sh test

run:
	./scripts/run.sh

test:
	./scripts/test.sh

# Against a real Karrio server from PyPI; minutes the first time; see scripts/test-karrio.sh.
test-karrio:
	./scripts/test-karrio.sh

bench:
	./scripts/bench.sh

# The same label by Chromium, Ghostscript, Pillow and LPrint beside us; see scripts/peers.sh.
bench-peers:
	./scripts/peers.sh

# Starts, memory, lists and scans of the real window with 100,000 orders; see scripts/bench-window.sh.
bench-window:
	./scripts/bench-window.sh

# Bytes nobody meant, guided by coverage, a minute a target; see scripts/fuzz.sh.
fuzz:
	./scripts/fuzz.sh

shots:
	./scripts/shots.sh

# Types and calls of the Windows side; installs 1.2 GB, so it is no part of `make test`.
check-windows:
	./scripts/check-windows.sh

# A .deb and an .rpm of the release build; see scripts/package.sh.
package:
	./scripts/package.sh

# And installs, starts and removes the .deb here; needs root.
check-package:
	./scripts/package.sh check
