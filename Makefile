# `make run` and `make test` are all a new machine needs; both install what is missing. Each target is one script.
.PHONY: run test test-rust test-wasm test-browser setup dist dev schema snapshots fmt bench soak-audit soak-guesses soak-ratings soak-metrics sweep-teeth uploads sign-in-times sign-in-flood audit clean

run: ; @scripts/run.sh
test: ; @scripts/test.sh
test-rust: ; @scripts/test.sh rust
test-wasm: ; @scripts/test.sh wasm
test-browser: ; @scripts/test.sh browser

setup: ; @scripts/setup.sh tests
dist: ; @scripts/setup.sh && scripts/dist.sh
# Beside `make run`: rebuilds one entry point at each change. make dev ENTRY=portal
dev: ; @scripts/dev.sh $(ENTRY)
schema: ; @scripts/schema.sh

# Accepts what the tests now print as the expected snapshots. Read the diff before you commit it.
snapshots: ; @INSTA_UPDATE=always scripts/with-postgres.sh cargo nextest run --package server --package domain

fmt: ; cargo fmt --all
# What has an aim in time or memory; one of them alone: make bench ONLY=inbox, pages, compare, imports, ratings or uploads. Takes minutes.
bench: ; @scripts/bench.sh
# 64 writers × 1,000 audited changes make one chain, on both databases. Takes minutes.
soak-audit: ; @AUDIT_WRITERS=64 AUDIT_CHANGES=1000 scripts/with-postgres.sh cargo nextest run --package server \
	--profile soak --no-capture -E 'test(many_writers_make_one_chain)'
# 10,000 guesses at one account from 1,000 addresses in a day of the test's clock, on both databases. Takes minutes.
soak-guesses: ; @GUESSES=10000 scripts/with-postgres.sh cargo nextest run --workspace --exclude frontend \
	--profile soak -E 'test(a_day_of_guesses)'
# 500 tokens, each tried 200 times at once: 500 ratings, on both databases. Takes minutes.
soak-ratings: ; @RATING_TOKENS=500 RATING_TRIES=200 scripts/with-postgres.sh cargo nextest run --package server \
	--profile soak -E 'test(one_token_makes_one_rating)'
# 100,000 events, corrections and exclusions: the figures kept as they happened are those of a recount, on both databases.
# Takes an hour.
soak-metrics: ; @METRIC_EVENTS=100000 scripts/with-postgres.sh cargo nextest run --package server \
	--profile soak --no-capture -E 'test(what_was_counted_as_it_happened)'
# Shows that the isolation sweep finds what it is for: planted leaks, broken policies. Takes minutes.
sweep-teeth: ; @scripts/sweep-teeth.sh
# Memory of a release server under fifty uploads at once. Takes minutes.
uploads: ; @scripts/uploads.sh
# How alike the times of failed sign-ins are, at a release server. Takes minutes.
sign-in-times: ; @scripts/sign-in.sh times
# Memory and others' answer times of a release server under five hundred sign-ins at once. Takes minutes.
sign-in-flood: ; @scripts/sign-in.sh flood
audit: ; @scripts/audit.sh
clean: ; rm -rf target dist node_modules test-results
