# The two commands: `make run` and `make test`. Each installs what it needs first.
.PHONY: setup run test bench shots

setup:
	./scripts/setup.sh test

run:
	./scripts/run.sh

test:
	./scripts/test.sh

bench:
	./scripts/bench.sh

shots:
	./scripts/shots.sh
