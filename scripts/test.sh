#!/usr/bin/env bash
# Everything that must hold before a change lands: `make test`, or one suite: test.sh rust | wasm | browser.
# In this order the cheap checks fail first, and nothing is compiled twice: the journeys run the server that the Rust
# tests built, and the bundle that `make run` would serve.
source "$(dirname "$0")/lib.sh"

started=$SECONDS
JUNIT_RUST=$TARGET/nextest/default/junit.xml
JUNIT_BROWSER=target/playwright/junit.xml
# The front end exists for wasm32 only.
NATIVE=(--workspace --exclude frontend)
# A fresh build gains nothing from incremental compilation, nor from line tables: a panic says where it was without them.
# Both cost time and disk.
! in_ci || export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0

# Each test has a database of its own. In memory, where there is room for them, they cost the disk nothing.
in_memory() {
  local free
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
  if [ "${free:-0}" -gt 4194304 ] && [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
}

# Only for the platforms built here. CI works on what was committed: it may not complete Cargo.lock by itself.
fetch() {
  local locked=
  ! in_ci || locked=--locked
  cargo fetch ${locked:+"$locked"} --target "$(rustc -vV | sed -n 's/^host: //p')" --target wasm32-unknown-unknown
}

formatted() { cargo fmt --all --check; }

# The leaks of `make sweep-teeth` replace lines of the product, which go on changing.
leaks_current() { node scripts/sweep-teeth.mjs --stale; }

# Clippy in the compiler's place, as `cargo clippy` itself has it, but for a build: checking and building would compile
# every dependency twice, which took five minutes of a fresh clone's test.
linted() {
  export RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings
}

# In the bundle's own profile: its macros and build scripts, which take most of the time, are then compiled once for
# both. No test targets, since none of them could run.
WASM=(--target wasm32-unknown-unknown --profile wasm-release)
lints_wasm() { cargo clippy --package frontend --lib --bins "${WASM[@]}" -- -D warnings; }

domain_wasm() { cargo check --package domain "${WASM[@]}"; }

# With --tests the development dependencies' features are on, as in the test run: it then compiles nothing again.
build_native() { linted && cargo build "${NATIVE[@]}" --bins --tests; }

schema_current() {
  "$TARGET/debug/schema" | diff -u schema.graphql - && "$TARGET/debug/schema" access | diff -u docs/access.md - ||
    die "schema.graphql or docs/access.md differs from the server: run 'make schema' and commit the result"
}

rust_tests() {
  in_memory
  linted
  scripts/with-postgres.sh cargo nextest run "${NATIVE[@]}"
}

journeys() {
  in_memory
  playwright test --config tests
}

native() {
  step "Build the server and the tests, and clippy on them" build_native
  step "Schema drift" schema_current
}

rust() { step "Rust tests, on SQLite and PostgreSQL" rust_tests; }

wasm() {
  step "Domain rules compile to WebAssembly" domain_wasm
  step "Clippy, front end" lints_wasm
}

# Nothing native waits for the front end, nor the other way round: side by side they keep both cores busy to the end. Cargo
# locks its folder by profile and target, so they do not wait for each other. What the front end prints follows the rest.
beside_front_end() {
  local log=$TARGET/front-end.log front failed=0
  mkdir -p "$TARGET"
  {
    # A fresh clone compiles the bundle anyway, with clippy in the compiler's place; elsewhere it may be there already.
    if in_ci; then linted; else wasm; fi
    scripts/dist.sh
  } >"$log" 2>&1 &
  front=$!
  set +e
  (
    set -e
    native
    rust
  )
  failed=$?
  # Also after a failure: nothing is left running.
  wait "$front" || failed=$?
  set -e
  cat "$log"
  return "$failed"
}

browser() {
  scripts/dist.sh
  if ! find_chromium >/dev/null; then
    ! in_ci || die "no Chromium was found, and CI may not skip the browser journeys"
    return 0 # summary says so
  fi
  step "Browser journeys" journeys
}

# count ATTRIBUTE: the sum over the reports of the suites that ran.
count() {
  { cat "$JUNIT_RUST" "$JUNIT_BROWSER" 2>/dev/null || true; } |
    sed -n "s/.*<testsuites .*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

summary() {
  local tests failed skipped outcome="Everything passed"
  printf '\n'
  if [ "$suite" = wasm ]; then
    say "$outcome in $(duration $((SECONDS - started)))."
    return
  fi
  if [ "$suite" != browser ] && [ -z "${TEST_DATABASE_URL:-}" ] && ! find_postgres >/dev/null; then
    say "SKIPPED: everything on PostgreSQL, which is not installed"
    outcome="Everything else passed"
  fi
  if [ "$suite" != rust ] && ! find_chromium >/dev/null; then
    say "SKIPPED: the browser journeys, for want of Chromium"
    outcome="Everything else passed"
  fi
  tests=$(count tests) failed=$(($(count failures) + $(count errors))) skipped=$(count skipped)
  [ "$tests" -gt 0 ] || die "no test ran"
  say "$outcome in $(duration $((SECONDS - started)))."
  say "tests: $((tests - failed - skipped)) passed, $failed failed, $skipped skipped"
}

suite=${1:-all}
rm -f "$JUNIT_RUST" "$JUNIT_BROWSER"
case $suite in
  rust | wasm | browser | all) scripts/setup.sh tests ;;
  *) die "unknown suite: $suite (rust, wasm, browser, or none for all)" ;;
esac
case $suite in
  rust)
    step "Formatting" formatted
    native
    rust
    ;;
  wasm) wasm ;;
  browser)
    step "Build the server" cargo build --package server --bin gangping
    browser
    ;;
  all)
    step "Fetch the crates" fetch
    step "Formatting" formatted
    step "Planted leaks are not stale" leaks_current
    beside_front_end
    browser
    # It takes minutes to install, so it has its own command, `make audit`.
    ! command -v cargo-deny >/dev/null || scripts/audit.sh
    ;;
esac
summary
