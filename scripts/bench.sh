#!/usr/bin/env bash
# The handler's inbox over HTTP against the same SQL run straight through the database, on SQLite and PostgreSQL, each
# with 100,000 invented complaints; then the board of posts and the gaps of model posts, of a center with 200 people, 60
# posts and 20,000 entries in their ledgers; then the comparison of the city's centers over a million ratings, beside the
# same question asked of the ratings themselves; then a table of 5,000 people that comes in, and bombs that pose as one; then
# ratings, from the opened page to the count, over HTTP against the same SQL; last fifty uploads at once
# (scripts/uploads.sh). Works in a temporary folder, on ports of loopback that are free, and ends by itself. ONLY=inbox,
# pages, compare, imports, ratings or uploads measures one of them. COMPLAINTS=…, RATINGS=… and CENTERS=… for other numbers:
# RATINGS=10000000, and with it CENTERS=1000, for the larger ones; arguments go to the
# driver's inbox, e.g. --connections 8 --seconds 4 (scripts/bench.sh --help).
source "$(dirname "$0")/lib.sh"

gangping=$TARGET/release/gangping
driver=$TARGET/release/bench
complaints=${COMPLAINTS:-100000}

ratings=${RATINGS:-1000000}
centers=${CENTERS:-23}

case ${ONLY:-} in
  "" | inbox | pages | compare | imports | ratings | uploads) ;;
  *) die "ONLY is one of inbox, pages, compare, imports, ratings, uploads" ;;
esac
wanted() { [ -z "${ONLY:-}" ] || [ "$ONLY" = "$1" ]; }
# Neither imports nor ratings nor a comparison have anything to do with complaints; and only a comparison with invented
# ratings.
case ${ONLY:-} in imports | ratings | compare) complaints=0 ;; esac
wanted compare || ratings=0
posts=60
[ "${ONLY:-}" != compare ] || posts=0

build() { cargo build --release --package server --bin gangping --package api-tests --bin bench; }

# Once more through this script, with PostgreSQL running where it is installed.
if [ -z "${BENCH_FOLDER:-}" ]; then
  if [ "${ONLY:-}" = uploads ]; then exec scripts/uploads.sh; fi
  step "Build the server and the driver, release" build
  case " $* " in *" --help "*) exec "$driver" inbox --help ;; esac
  BENCH_FOLDER=$(mktemp -d)
  export BENCH_FOLDER
  trap 'rm -rf "$BENCH_FOLDER"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  scripts/with-postgres.sh "$0" "$@"
  if wanted uploads; then scripts/uploads.sh; fi
  exit
fi

folder=$BENCH_FOLDER
server=
# shellcheck disable=SC2329 # called by the trap
stop() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}
# shellcheck disable=SC2329 # called by the trap
leave() {
  stop
  # A PostgreSQL that was here before keeps nothing of this.
  ! declare -F drop >/dev/null || drop
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

empty_front_end "$folder/dist"
APP__DEMO=true APP__HTTP__DIST=$folder/dist APP__HTTP__LISTEN=127.0.0.1:0
APP__KEYS__FIELD=$(node -p 'require("node:crypto").randomBytes(32).toString("base64")')
export APP__DEMO APP__HTTP__DIST APP__HTTP__LISTEN APP__KEYS__FIELD
export NO_COLOR=1

# serve LOG_LEVEL: starts the server; sets `server` and `address`.
serve() {
  : >"$folder/out"
  RUST_LOG=$1 "$gangping" serve >"$folder/out" 2>"$folder/log" &
  server=$!
  until grep -q '^Serving' "$folder/out"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; die "the server stopped"; }
    sleep 0.1
  done
  address=$(sed -n 's|^Serving http://||p' "$folder/out")
}

# rate: ratings over HTTP, then, with the server stopped, their statements alone. Leaves its lines for the summary.
rate() {
  # One address rates as often as it likes.
  local act
  for act in WRITING TRACKING; do
    export "APP__LIMITS__VISITOR_${act}__BURST=1000000" "APP__LIMITS__VISITOR_${act}__PER_MINUTE=60000000"
  done
  serve warn
  "$driver" ratings --server "$address" --database "$APP__DATABASE__URL" --place "$folder/place" >"$folder/rated"
  stop
  for act in WRITING TRACKING; do
    unset "APP__LIMITS__VISITOR_${act}__BURST" "APP__LIMITS__VISITOR_${act}__PER_MINUTE"
  done
  head -n 1 "$folder/rated" | tee -a "$folder/rates"
  "$driver" ratings-sql --database "$APP__DATABASE__URL" --place "$folder/place" \
    --against "$(tail -n 1 "$folder/rated")" | tee -a "$folder/rates"
}

# run NAME: loads, measures and counts on the database that APP__DATABASE__… names. Leaves its lines for the summary.
run() {
  local name=$1
  shift
  printf '\n==> %s: load, measure, count the statements\n' "$name"
  RUST_LOG=warn "$gangping" load --complaints "$complaints" --ratings "$ratings" --centers "$centers" --posts "$posts" \
    --staff 200 --entries 20000 --seed 1 >"$folder/loaded"
  sed "s/^/$name: /" "$folder/loaded" | tee -a "$folder/notes"
  ! declare -F settle >/dev/null || settle
  serve warn
  if wanted inbox; then
    "$driver" inbox --server "$address" --database "$APP__DATABASE__URL" "$@" | tee -a "$folder/table"
  fi
  if wanted pages; then
    "$driver" pages --server "$address" --posts 60 | sed "s/^/$name: /" | tee -a "$folder/notes"
  fi
  if wanted compare; then
    size | sed "s/^/$name: /" | tee -a "$folder/notes"
    "$driver" compare --server "$address" --database "$seen" --today "$(TZ=Asia/Shanghai date +%F)" | sed "s/^/$name: /" | tee -a "$folder/notes"
  fi
  # How much memory a process held at most is told on Linux alone.
  if wanted imports && [ -e "/proc/$server/clear_refs" ]; then
    "$driver" imports --server "$address" --process "$server" | sed "s/^/$name: /" | tee -a "$folder/notes"
  fi
  stop
  if wanted ratings; then rate; fi
  wanted inbox || return 0
  # A server that logs every statement is slow: it is another one.
  serve server=info,sqlx::query=debug
  "$driver" statements --server "$address" --log "$folder/log" >"$folder/counted"
  sed "s/^/$name: /" "$folder/counted" | tee -a "$folder/notes"
  stop
}

export APP__DATABASE__URL=sqlite://$folder/bench.db
# As whom single ratings are seen, and how large the database is.
seen=$APP__DATABASE__URL
size() { printf 'the database is %s MiB\n' "$(($(wc -c <"$folder/bench.db") / 1048576))"; }
run SQLite "$@"

if [ -n "${TEST_DATABASE_URL:-}" ]; then
  psql=$(find_postgres)/psql
  sql() { "$psql" --quiet --no-psqlrc -v ON_ERROR_STOP=1 "$@"; }
  # A database and two roles of this run: one owns the tables, the other serves under row-level security.
  database=gangping_bench_$$
  # shellcheck disable=SC2329 # called by the trap
  drop() {
    sql "$TEST_DATABASE_URL" -c "DROP DATABASE IF EXISTS $database WITH (FORCE)" \
      -c "DROP ROLE IF EXISTS ${database}_app" -c "DROP ROLE IF EXISTS ${database}_owner"
  }
  sql "$TEST_DATABASE_URL" -c "CREATE ROLE ${database}_owner LOGIN PASSWORD 'bench'" \
    -c "CREATE ROLE ${database}_app LOGIN PASSWORD 'bench'" -c "CREATE DATABASE $database OWNER ${database}_owner"
  host=${TEST_DATABASE_URL#*@}
  host=${host%%/*}
  export APP__DATABASE__URL=postgres://${database}_app:bench@$host/$database
  export APP__DATABASE__OWNER_URL=postgres://${database}_owner:bench@$host/$database
  export APP__DATABASE__ALLOW_UNSAFE_DURABILITY=true
  # What autovacuum does within minutes.
  settle() { sql "$APP__DATABASE__OWNER_URL" -c "VACUUM ANALYZE" 2>/dev/null; }
  # Row-level security shows the ratings of all centers to nobody but a superuser.
  seen=${TEST_DATABASE_URL%/*}/$database
  size() {
    printf 'the database is %s MiB\n' "$(sql "$seen" -At -c "SELECT pg_database_size(current_database()) / 1048576")"
  }
  run PostgreSQL "$@"
fi

printf '\n==> %s cores, %s\n\n' "$(getconf _NPROCESSORS_ONLN)" "$(uname -sm)"
if wanted inbox; then
  printf '    The inbox: 20 accepted complaints of a center by due time, names, last events, total count\n'
  printf '    The ratio is HTTP to SQL\n\n'
  printf '%-11s %5s  %-24s %8s %8s %8s %8s\n' database conns what 'per s' 'p50 ms' 'p99 ms' ratio
  cat "$folder/table"
  printf '\n'
fi
if wanted ratings; then
  printf '    A rating: page with its token, token and sealed rating with its commitment, opened and counted\n'
  printf '    The ratio is HTTP to SQL\n\n'
  printf '%-11s %5s  %-24s %8s %8s %8s %8s\n' database conns what 'per s' 'p50 ms' 'p99 ms' ratio
  cat "$folder/rates"
  printf '\n'
fi
cat "$folder/notes"
printf '\nAims: board and gaps p50 < 30 ms on SQLite; 5,000 people judged < 2 s; bombs and uploads < 32 MiB more memory;\n'
printf '23 centers compared at least 2,000 times a second, 1,000 centers at p50 < 15 ms;\n'
printf 'ratings at least 0.7 of their statements alone.\n'
