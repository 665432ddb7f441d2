#!/usr/bin/env bash
# sweep-teeth.sh [PART OF A NAME]: shows that the isolation sweep bites. Plants a leak of each kind in a copy of the tree,
# and wants each to be found and named; blinds the sweep itself, and wants it to notice; breaks each rule of row-level
# security, and wants each to be seen. Takes minutes, and a build of its own the first time.
source "$(dirname "$0")/lib.sh"

step "Planted leaks, on SQLite" node scripts/sweep-teeth.mjs "${1:-}"
step "Broken rules of row-level security" scripts/with-postgres.sh cargo nextest run --workspace --exclude frontend \
  -E 'binary(sweep) & test(=postgres)'
