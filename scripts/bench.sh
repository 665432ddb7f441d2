#!/usr/bin/env bash
# The handler's inbox over HTTP against the same SQL run straight through the database, on SQLite and PostgreSQL.
# The driver starts the release server itself, on loopback, and stops it.
source "$(dirname "$0")/lib.sh"

build() { cargo build --release --package server --bin gangping --package api-tests --bin bench; }

scripts/setup.sh
step "Build the server and the driver, release" build
step "Measure" scripts/with-postgres.sh env GANGPING_BIN="$TARGET/release/gangping" "$TARGET/release/bench" "$@"
