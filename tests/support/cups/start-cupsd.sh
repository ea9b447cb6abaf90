#!/bin/sh
# Runs a real, private, throw-away cupsd in the foreground; /etc/cups is not touched. It works for
# root and for anybody else, and needs neither systemd nor dbus nor avahi.
# usage: start-cupsd.sh ROOT PORT     then talk to it with CUPS_SERVER=127.0.0.1:PORT
set -eu
ROOT=${1:?start-cupsd.sh ROOT PORT}
PORT=${2:?start-cupsd.sh ROOT PORT}
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$ROOT/etc/ppd" "$ROOT/etc/ssl" "$ROOT/spool/tmp" "$ROOT/cache" "$ROOT/state" "$ROOT/log"
if [ "$(id -u)" = 0 ]; then
    USER_LINES=$(printf 'User lp\nGroup lp\nSystemGroup root lpadmin')
    chown -R root:lp "$ROOT"
else
    USER_LINES="SystemGroup $(id -gn)"
fi
# Others must pass through to the folders of the spooler, and read nothing.
chmod 711 "$ROOT"
chmod 710 "$ROOT/spool"
chmod 1770 "$ROOT/spool/tmp"
chmod 770 "$ROOT/cache"
cat > "$ROOT/cups-files.conf" <<FILES
$USER_LINES
ServerRoot $ROOT/etc
RequestRoot $ROOT/spool
TempDir $ROOT/spool/tmp
CacheDir $ROOT/cache
StateDir $ROOT/state
ServerKeychain $ROOT/etc/ssl
AccessLog $ROOT/log/access_log
ErrorLog $ROOT/log/error_log
PageLog $ROOT/log/page_log
Sandboxing relaxed
FILES
cat > "$ROOT/cupsd.conf" <<CONF
LogLevel debug
MaxLogSize 0
Listen 127.0.0.1:$PORT
Browsing No
WebInterface No
DefaultAuthType None
DefaultEncryption Never
PreserveJobHistory Yes
PreserveJobFiles No
ErrorPolicy stop-printer
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
CONF
exec cupsd -f -c "$ROOT/cupsd.conf" -s "$ROOT/cups-files.conf"
