#!/usr/bin/env bash
# Licences, sources and doubled crates of the dependency tree (deny.toml). Installs cargo-deny at the first call.
source "$(dirname "$0")/lib.sh"

command -v cargo-deny >/dev/null ||
  step "Install cargo-deny $CARGO_DENY_VERSION (some minutes, once per machine)" \
    env CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install --locked "cargo-deny@$CARGO_DENY_VERSION"
step "Dependencies: licences, sources, bans" cargo deny --workspace --all-features --locked check bans licenses sources
