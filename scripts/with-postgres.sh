#!/usr/bin/env bash
# with-postgres.sh COMMAND…: runs it with TEST_DATABASE_URL naming a throwaway PostgreSQL (its superuser), on a free port
# of loopback, in a temporary folder. The server is stopped and the folder removed however the command ends.
# A TEST_DATABASE_URL that is already set is used as it is. Without PostgreSQL the command runs without the variable,
# unless under CI.
source "$(dirname "$0")/lib.sh"

if [ -n "${TEST_DATABASE_URL:-}" ]; then exec "$@"; fi

if ! bin=$(find_postgres); then
  in_ci && die "PostgreSQL is missing (initdb, pg_ctl), and CI may not skip its tests. Debian: apt-get install postgresql"
  say "SKIPPED: everything on PostgreSQL, because initdb and pg_ctl were not found. Debian: apt-get install postgresql"
  exec "$@"
fi

folder=$(mktemp -d)
# PostgreSQL refuses to run as root. Its user can enter neither this folder's tree nor the temporary one, unless told.
as_postgres() { (cd / && if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi); }
# shellcheck disable=SC2329 # called by the trap
stop() {
  as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
[ "$(id -u)" != 0 ] || chown postgres: "$folder"

port=$(free_port)
# Chinese text counts as letters only in a UTF-8 locale; macOS has no C.UTF-8.
locale=$([ "$(uname)" = Darwin ] && echo C || echo C.UTF-8)
as_postgres "$bin/initdb" -D "$folder/data" -A trust -U postgres --no-sync -E UTF8 --locale="$locale" >/dev/null
# Nothing here needs to survive a power cut. The tests open one small pool each.
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-k $folder -p $port -c listen_addresses=127.0.0.1 \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start >/dev/null ||
  { cat "$folder/log" >&2; die "PostgreSQL did not start"; }

TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@"
