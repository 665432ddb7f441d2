#!/usr/bin/env bash
# Makes a machine ready to build: names a missing prerequisite, installs the rest. Quick when there is nothing to do.
# `setup.sh tests` also gets what only the tests need.
source "$(dirname "$0")/lib.sh"

need() { command -v "$1" >/dev/null || die "$1 is missing: $2"; }

prerequisites() {
  need git "install it with your system's packages (Debian: apt-get install git)"
  need make "install it with your system's packages (Debian: apt-get install make)"
  need cc "install a C compiler (Debian: apt-get install gcc libc6-dev; macOS: xcode-select --install)"
  need cargo "install Rust with rustup, https://rustup.rs"
  need node "install Node.js 20 or newer, https://nodejs.org"
  need npm "it comes with Node.js, https://nodejs.org"
  local node_version rustc_version
  node_version=$(node -p process.versions.node)
  [ "${node_version%%.*}" -ge 20 ] || die "node is $node_version, and 20 or newer is needed: https://nodejs.org"
  # Its errors are not hidden: where the pinned release is missing, rustup downloads it here and shows how far it is.
  rustc_version=$(rustc --version | cut -d ' ' -f 2) || die "Rust $RUST_VERSION is missing: rustup toolchain install $RUST_VERSION"
  [ "$rustc_version" = "$RUST_VERSION" ] ||
    die "rustc is $rustc_version, and rust-toolchain.toml asks for $RUST_VERSION: install Rust with rustup, https://rustup.rs"
  say "==> Found Rust $rustc_version, Node.js $node_version"
}

has_wasm_target() { [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; }

# add KIND NAME: a target or a component of the Rust toolchain.
add() {
  need rustup "the Rust $1 $2 is missing, and rustup adds it, https://rustup.rs"
  rustup "$1" add "$2"
}

has_tool() { # command version
  case "$("$1" --version 2>/dev/null || true) " in
    *" $2 "*) return 0 ;;
    *) return 1 ;;
  esac
}

# cargo_tool COMMAND CRATE VERSION OPTIMISATION ARGUMENTS…: quick to build matters more than quick to run, for programs
# that handle a few megabytes. Trunk's own release profile (fat LTO, one codegen unit) takes three times as long, and
# unoptimised it bundles no slower that one would notice. The default features left out are TLS for downloads that never
# happen, and self-update.
cargo_tool() {
  local command=$1 crate=$2 version=$3 level=$4 root=()
  shift 4
  # Another version on this machine serves other projects: leave it, and keep ours in this folder.
  ! command -v "$command" >/dev/null || root=(--root "$ROOT/.tools")
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=$level \
    cargo install --locked "$crate@$version" ${root[@]+"${root[@]}"} "$@"
}

NPM_STAMP=node_modules/.gangping-stamp
npm_packages() {
  # None of the packages needs its install script, so none may run one.
  npm ci --ignore-scripts --no-audit --no-fund
  printf '%s\n' "$1" >"$NPM_STAMP"
}

prerequisites
has_wasm_target || step "Add the Rust target wasm32-unknown-unknown" add target wasm32-unknown-unknown
has_tool wasm-bindgen "$WASM_BINDGEN_VERSION" ||
  step "Install wasm-bindgen $WASM_BINDGEN_VERSION (some minutes, once per machine)" \
    cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" 1 --no-default-features --bin wasm-bindgen
has_tool trunk "$TRUNK_VERSION" ||
  step "Install Trunk $TRUNK_VERSION (some minutes, once per machine)" \
    cargo_tool trunk trunk "$TRUNK_VERSION" 0 --no-default-features
packages="$(fingerprint package.json package-lock.json) $(node -p process.version)"
up_to_date "$NPM_STAMP" "$packages" || step "Install the npm packages" npm_packages "$packages"

[ "${1:-}" = tests ] || exit 0

cargo fmt --version >/dev/null 2>&1 || step "Add rustfmt" add component rustfmt
cargo clippy --version >/dev/null 2>&1 || step "Add clippy" add component clippy
# Any release of nextest will do: they agree on our configuration, and people read what it prints.
command -v cargo-nextest >/dev/null ||
  step "Install cargo-nextest $NEXTEST_VERSION (some minutes, once per machine)" \
    cargo_tool cargo-nextest cargo-nextest "$NEXTEST_VERSION" 1 --no-default-features --features default-no-update
scripts/system-packages.sh
