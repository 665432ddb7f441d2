#!/usr/bin/env bash
# Writes schema.graphql from the server's types. The front end is checked against that file when it compiles.
source "$(dirname "$0")/lib.sh"

write_schema() {
  mkdir -p "$TARGET"
  # By way of another file: a server that does not compile must not empty the schema.
  cargo run --quiet --package server --bin schema >"$TARGET/schema.graphql"
  cmp -s "$TARGET/schema.graphql" schema.graphql || cp "$TARGET/schema.graphql" schema.graphql
}

step "Write schema.graphql" write_schema
