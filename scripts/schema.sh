#!/usr/bin/env bash
# Writes schema.graphql and docs/access.md from the server's types and the table of permissions. The front end is checked
# against the schema when it compiles.
source "$(dirname "$0")/lib.sh"

# write FILE ARGUMENTS…: by way of another file, since a server that does not compile must not empty the schema.
write() {
  local file=$1 new
  new="$TARGET/$(basename "$1")"
  shift
  mkdir -p "$TARGET"
  cargo run --quiet --package server --bin schema -- "$@" >"$new"
  cmp -s "$new" "$file" || cp "$new" "$file"
}

step "Write schema.graphql" write schema.graphql
step "Write docs/access.md" write docs/access.md access
