#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: with-postgres.sh COMMAND …
#
# The cluster lives in a temporary folder, listens on a socket in there and nowhere else, holds
# nothing that matters (so no fsync) and is gone when the command ends. The command finds it in
# SAMNARVARO_TEST_POSTGRES_URL; where that is set already, that server is used and none is started.
# Exit code: that of the command, or 3 when PostgreSQL is not installed or does not start.
set -euo pipefail

[ -z "${SAMNARVARO_TEST_POSTGRES_URL:-}" ] || exec "$@"

# Debian keeps the server's programs off the path, one folder per version: the newest, then.
newest=$(find /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
programs=$(dirname "${newest:-$(command -v initdb || true)}")
if [ ! -x "$programs/initdb" ]; then
  echo "PostgreSQL saknas. Installera det: apt-get install postgresql" >&2
  exit 3
fi

# PostgreSQL refuses to run as root.
owner=()
if [ "$(id -u)" = 0 ]; then
  user=nobody
  ! id postgres >/dev/null 2>&1 || user=postgres
  owner=(runuser -u "$user" --)
fi

home=$(mktemp -d /tmp/samnarvaro-postgres.XXXXXX)
[ "${#owner[@]}" = 0 ] || chown "$user" "$home"

as_owner() { (cd / && exec "${owner[@]}" "$@"); }

stop() {
  as_owner "$programs/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# Where this script is killed outright, someone else has to clear up after it.
# shellcheck disable=SC2016  # the words are those given to the other shell
setsid bash -c '
  while state=$(cut -d" " -f3 "/proc/$1/stat") && [ "$state" != Z ] && [ -d "$2" ]; do sleep 1; done
  [ ! -d "$2" ] || { cd / && "${@:3}"; rm -rf "$2"; }
' watch "$$" "$home" "${owner[@]}" "$programs/pg_ctl" -D "$home/data" -m immediate -w stop \
  >/dev/null 2>&1 </dev/null &

port=$((20000 + RANDOM % 20000))
options=(
  -k "$home" -p "$port" -c "listen_addresses=''"
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off
  -c max_connections=60 -c shared_buffers=256MB -c max_wal_size=4GB
)
start() {
  as_owner "$programs/initdb" -D "$home/data" -U postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$home/log" 2>&1 &&
    as_owner "$programs/pg_ctl" -D "$home/data" -l "$home/server.log" -w -o "${options[*]}" start \
      >>"$home/log" 2>&1 &&
    # As in production: the role owns its database and can make others, but is no superuser
    # (row-level security does not hold superusers).
    as_owner "$programs/psql" -h "$home" -p "$port" -U postgres -q \
      -c 'CREATE ROLE samnarvaro LOGIN CREATEDB CREATEROLE' \
      -c 'CREATE DATABASE samnarvaro OWNER samnarvaro' >>"$home/log" 2>&1
}
if ! start; then
  echo "PostgreSQL gick inte att starta:" >&2
  cat "$home/log" "$home/server.log" >&2 2>/dev/null || true
  exit 3
fi

export SAMNARVARO_TEST_POSTGRES_URL="postgresql://samnarvaro@${home//\//%2F}:$port/samnarvaro"
code=0
"$@" || code=$?
exit "$code"
