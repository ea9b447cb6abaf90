#!/bin/sh
# Runs the Karrio client's tests against a real Karrio server: karrio-server from PyPI with its offline
# carrier, in a folder under target/, on SQLite. The first time it is installed and migrated, which
# takes some minutes; the database is then kept as a template and copied for each run.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
version=2026.1.32
home=${CARGO_TARGET_DIR:-$root/target}/karrio
port=${KARRIO_PORT:-5912}
token=key_packbench0000000000000000000000000
mkdir -p "$home"

if [ ! -e "$home/installed-$version" ]; then
  rm -rf "$home/venv" "$home/template.sqlite3"
  python3 -m venv "$home/venv"
  # The documents module is left out: it fetches a style sheet from a CDN when it is imported.
  "$home/venv/bin/pip" install -q "karrio-server==$version" "karrio-generic==$version" \
    "karrio-server-proxy==$version" "karrio-server-manager==$version" \
    "karrio-server-events==$version" "karrio-server-orders==$version" \
    "karrio-server-data==$version" "karrio-server-pricing==$version" \
    "karrio-server-graph==$version"
  touch "$home/installed-$version"
fi

export SECRET_KEY=invented-for-tests DEBUG_MODE=True DATABASE_NAME=db.sqlite3 DATABASE_ENGINE=sqlite3
export WORK_DIR="$home" LOG_DIR="$home" STATIC_ROOT_DIR="$home/static" POSTHOG_KEY=
export DETACHED_WORKER=True ENABLE_ALL_PLUGINS_BY_DEFAULT=True PATH="$home/venv/bin:$PATH"
cd "$home"
if [ ! -e template.sqlite3 ]; then
  rm -f db.sqlite3
  karrio migrate > migrate.log 2>&1 || { tail -n 20 migrate.log; exit 1; }
  karrio shell -c "
from karrio.server.user.models import User, Token
user = User.objects.create_superuser(email='test@example.com', password='invented', full_name='Test')
Token.objects.create(user=user, test_mode=True, key='$token')" > user.log 2>&1 ||
    { tail -n 20 user.log; exit 1; }
  mv db.sqlite3 template.sqlite3
fi
cp template.sqlite3 db.sqlite3

# One worker: two of them get in each other's way on SQLite ("database is locked").
gunicorn -b "127.0.0.1:$port" -w 1 --threads 4 karrio.server.wsgi:application > server.log 2>&1 &
server=$!
trap 'kill $server 2> /dev/null || true' EXIT INT TERM
python3 - "http://127.0.0.1:$port" "$token" <<'P' || { tail -n 20 server.log; exit 1; }
import json, sys, time, urllib.error, urllib.request
url, token = sys.argv[1:]
for _ in range(240):
    try:
        urllib.request.urlopen(url + '/', timeout=5)
        break
    except OSError:
        time.sleep(0.5)
connection = {
    'carrier_name': 'generic',
    'carrier_id': 'packbench_test',
    'credentials': {
        'display_name': 'Packbench Test',
        'custom_carrier_name': 'packbench_test',
        'account_country_code': 'CN',
    },
    'config': {'label_type': 'ZPL'},
}
headers = {'Authorization': 'Token ' + token, 'Content-Type': 'application/json'}
asked = urllib.request.Request(
    url + '/v1/connections', json.dumps(connection).encode(), headers
)
print('karrio', json.load(urllib.request.urlopen(url + '/', timeout=60))['VERSION'], 'at', url)
urllib.request.urlopen(asked, timeout=60)
P

cd "$root"
KARRIO_URL="http://127.0.0.1:$port" KARRIO_TOKEN="$token" \
  cargo test -p packbench-station --test karrio -- --test-threads 1 --nocapture real
KARRIO_URL="http://127.0.0.1:$port" KARRIO_TOKEN="$token" \
  cargo test -p packbench-tests --test it -- --test-threads 1 --nocapture abroad::real
