#!/usr/bin/env bash
# dev.sh portal | desk | admin | posts | records | conduct | services | rounds | windows | evaluation | improvement | rate | kiosk | evaluator | city: rebuilds that entry point, unoptimised, at each change. Run `make run` beside it, and reload.
source "$(dirname "$0")/lib.sh"

entry=${1:-desk}
exec trunk watch "frontend/$entry.html" --dist "dist/$entry" --public-url "/assets/$entry/"
