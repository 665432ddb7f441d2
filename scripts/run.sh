#!/usr/bin/env bash
# The running product on the embedded database, with demo data: `make run`. Ctrl-C stops it.
source "$(dirname "$0")/lib.sh"

started=$SECONDS
address=${APP__HTTP__LISTEN:-127.0.0.1:8080}
accounts=$TARGET/demo-accounts.txt
export APP__DEMO=true

# A first line of HTTP from the health page, through bash itself: no curl needed.
answers() {
  local status=
  {
    exec 3<>"/dev/tcp/${address%:*}/${address##*:}" || return 1
    printf 'GET /healthz HTTP/1.0\r\n\r\n' >&3
    read -r status <&3
    exec 3>&-
  } 2>/dev/null
  case $status in *" 200 "*) return 0 ;; *) return 1 ;; esac
}

in_use() { (exec 3<>"/dev/tcp/${address%:*}/${address##*:}") 2>/dev/null; }

demo() {
  mkdir -p data
  RUST_LOG=${RUST_LOG:-warn} "$TARGET/debug/gangping" demo >"$accounts"
}

scripts/setup.sh
scripts/dist.sh
step "Build the server" cargo build --package server --bin gangping
! in_use || die "something already listens on $address: stop it, or set APP__HTTP__LISTEN to another address"
step "Prepare the database and the demo data" demo

printf '\n==> Start the server\n'
"$TARGET/debug/gangping" serve &
server=$!
# shellcheck disable=SC2329 # called by the trap
stop() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
until answers; do
  kill -0 "$server" 2>/dev/null || die "the server stopped; its last lines are above"
  sleep 0.1
done

printf '\n'
cat "$accounts"
printf '\nReady after %s at http://%s (staff: http://%s/desk). Ctrl-C stops it.\n' \
  "$(duration $((SECONDS - started)))" "$address" "$address"
wait "$server"
