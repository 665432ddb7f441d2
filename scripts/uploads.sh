#!/usr/bin/env bash
# uploads.sh [MIB] [KIND]: how far fifty parallel uploads of 10 MB raise the memory of a release server: less than 32 MiB
# above idle, or it fails. KIND is part of a kind's name, e.g. PDF or "12 mega", and measures that one alone.
# Works in a temporary folder, on a free port of loopback, and ends by itself.
source "$(dirname "$0")/lib.sh"

step "Build the server, release" cargo build --release --package server --bin gangping
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
empty_front_end "$folder/dist"
export APP__DEMO=true APP__HTTP__DIST=$folder/dist APP__HTTP__LISTEN=127.0.0.1:0 RUST_LOG=warn
export APP__DATABASE__URL=sqlite://$folder/uploads.db APP__LIMITS__UPLOADING__BURST=1000
"$TARGET/release/gangping" demo >/dev/null
node scripts/uploads.mjs "$TARGET/release/gangping" "$@"
