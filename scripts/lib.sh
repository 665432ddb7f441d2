# shellcheck shell=bash
# Shared by every script here; source it first. It moves to the top of the repository, so paths below are relative to it.
# Kept to what bash 3.2 knows, which is what macOS ships.
set -euo pipefail

# shellcheck disable=SC2034 # setup.sh and others read them
TRUNK_VERSION=0.21.14 NEXTEST_VERSION=0.9.143 CARGO_DENY_VERSION=0.20.2
# shellcheck disable=SC2034
# The crate `wasm-bindgen` in Cargo.lock must be this same version: the generated glue only fits its own release.
WASM_BINDGEN_VERSION=0.2.129

cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
export ROOT
# Cargo's own rule for where it builds, so that the scripts find what it built.
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
export TARGET
# .tools holds a pinned tool when the machine has another version of it; node_modules/.bin holds wasm-opt and tailwindcss.
export PATH="$ROOT/.tools/bin:$ROOT/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
# Trunk 0.21 reads NO_COLOR as the value of a yes/no option and stops at "1".
unset NO_COLOR

# rust-toolchain.toml pins a release by number. A machine that has that very release as "stable" uses it as it is: it
# spares a download, and works where none is possible.
RUST_VERSION=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
if command -v rustup >/dev/null; then
  case "$(rustup toolchain list) $(rustup run stable rustc --version 2>/dev/null)" in
    *"$RUST_VERSION-"*) ;;
    *"rustc $RUST_VERSION "*) export RUSTUP_TOOLCHAIN=stable ;;
  esac
fi

in_ci() { [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]; }

say() { printf '%s\n' "$*"; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

duration() {
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# step "what it does" command args…: says it, runs it, says how long it took. A failing step ends the script.
# The command runs in a subshell with errexit on: inside `if` or `||` bash would silently ignore it.
step() {
  local title=$1 start=$SECONDS code=0
  shift
  printf '\n==> %s\n' "$title"
  set +e
  (
    set -e
    "$@"
  )
  code=$?
  set -e
  if [ "$code" -ne 0 ]; then
    printf '==> FAILED after %s: %s\n' "$(duration $((SECONDS - start)))" "$title" >&2
    exit "$code"
  fi
  printf '    done in %s\n' "$(duration $((SECONDS - start)))"
}

# fingerprint PATH…: one hash over the names and contents of the files. Contents, not times: a branch switch touches
# every file's time, and a fresh clone has none worth trusting.
fingerprint() {
  local path files
  files=$(for path in "$@"; do
    [ ! -e "$path" ] || find "$path" -type f
  done | LC_ALL=C sort)
  {
    printf '%s\n' "$files"
    printf '%s\n' "$files" | git hash-object --no-filters --stdin-paths
  } | git hash-object --stdin
}

# up_to_date STAMP FINGERPRINT
up_to_date() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# A port of loopback that nothing listens on now.
free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

# The browser of the journeys. CHROMIUM names another one. The same without windows comes first: the journeys take a
# quarter less of the processor with it.
find_chromium() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return 0; fi
  done
  name="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  [ -x "$name" ] && printf '%s\n' "$name"
}

# The folder with initdb and pg_ctl. Debian keeps it off PATH; the last one is the newest release.
find_postgres() {
  local folder found=
  for folder in "$(dirname "$(command -v initdb)")" /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then found=$folder; fi
  done
  [ -n "$found" ] && printf '%s\n' "$found"
}

# Where only the API is measured, an empty page for each entry point of the front end will do.
empty_front_end() {
  local entry
  for entry in frontend/src/bin/*.rs; do
    entry=$1/$(basename "$entry" .rs)
    mkdir -p "$entry"
    : >"$entry/index.html"
  done
}
