#!/usr/bin/env bash
# Builds the front end, the entry points, into dist/. Does nothing when nothing that feeds it has changed.
# Always a release build: `make run` and `make test` then share it, and what is tested is what users get.
source "$(dirname "$0")/lib.sh"

STAMP=dist/.stamp
# Cargo.lock also lists what only the server uses: telling them apart is not worth the code.
now="$(fingerprint .cargo frontend domain locales schema.graphql Cargo.toml Cargo.lock Trunk.toml package-lock.json scripts/dist.sh rust-toolchain.toml)"
if up_to_date "$STAMP" "$now"; then
  say "==> The front end in dist/ is up to date"
  exit 0
fi

# One cargo command links the entry points side by side; Trunk, one entry point at a time, then finds them built.
# It also fetches the crates, which Trunk (offline) does not. It shares the native builds' target folder: Cargo
# locks that by profile and target, so the two do not wait for each other.
compile() { cargo build --package frontend --bins --target wasm32-unknown-unknown --profile wasm-release; }

# Without backtraces, what went wrong is the last thing on the screen.
bundle() { RUST_BACKTRACE=0 trunk --quiet build "frontend/$1.html" --release --dist "dist/$1" --public-url "/assets/$1/"; }

rm -f "$STAMP"
step "Compile the front end to WebAssembly" compile
step "Bundle the public portal" bundle portal
step "Bundle the staff desk" bundle desk
step "Bundle the administration" bundle admin
step "Bundle the posts' pages" bundle posts
step "Bundle the records' pages" bundle records
step "Bundle the pages of conduct and standards" bundle conduct
step "Bundle the pages of services" bundle services
step "Bundle the pages of rounds of evaluation" bundle rounds
step "Bundle the windows' pages" bundle windows
step "Bundle the pages to rate" bundle rate
step "Bundle the kiosk" bundle kiosk
step "Bundle the pages of evaluation" bundle evaluation
step "Bundle the pages of improvement" bundle improvement
step "Bundle the evaluators' page" bundle evaluator
step "Bundle the comparison of centers" bundle city
printf '%s\n' "$now" >"$STAMP"
