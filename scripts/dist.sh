#!/usr/bin/env bash
# Builds the front end, both entry points, into dist/. Does nothing when nothing that feeds it has changed.
# Always a release build: `make run` and `make test` then share it, and what is tested is what users get.
source "$(dirname "$0")/lib.sh"

STAMP=dist/.stamp
# Only dependencies' names and versions count in Cargo.lock, but telling the front end's apart is not worth the code.
now="$(fingerprint frontend domain locales schema.graphql Cargo.toml Cargo.lock Trunk.toml package-lock.json scripts/dist.sh rust-toolchain.toml)"
if up_to_date "$STAMP" "$now"; then
  say "==> The front end in dist/ is up to date"
  exit 0
fi

# One cargo command links both entry points side by side; Trunk, one entry point at a time, then finds them built.
# It also fetches the crates, which Trunk (offline) does not. The same target folder as the native builds serves: Cargo
# locks it by profile and target, and nothing else uses wasm-release.
compile() { cargo build --package frontend --bins --target wasm32-unknown-unknown --profile wasm-release; }

# Without backtraces, what went wrong is the last thing on the screen.
bundle() { RUST_BACKTRACE=0 trunk --quiet build "frontend/$1.html" --release --dist "dist/$1" --public-url "/assets/$1/"; }

rm -f "$STAMP"
step "Compile the front end to WebAssembly" compile
step "Bundle the public portal" bundle portal
step "Bundle the staff desk" bundle desk
printf '%s\n' "$now" >"$STAMP"
