#!/usr/bin/env bash
# sign-in.sh times|flood: how alike the times of failed sign-ins are (A-5), or what a flood of them costs (A-2), measured at a
# release server over HTTP. Works in a temporary folder, on a free port of loopback, and ends by itself.
source "$(dirname "$0")/lib.sh"

step "Build the server, release" cargo build --release --workspace --exclude frontend --bin gangping
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
empty_front_end "$folder/dist"
export APP__DEMO=true APP__HTTP__DIST=$folder/dist APP__HTTP__LISTEN=127.0.0.1:0 RUST_LOG=warn
export APP__DATABASE__URL=sqlite://$folder/sign-in.db
# One address makes all of them; its own limit is not what is measured.
export APP__LIMITS__FAILED_SIGN_IN__BURST=1000000
"$TARGET/release/gangping" demo >/dev/null
node "scripts/sign-in-$1.mjs" "$TARGET/release/gangping"
