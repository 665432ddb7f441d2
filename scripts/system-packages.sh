#!/usr/bin/env bash
# Chromium, a Chinese font and PostgreSQL for the tests. On Debian as root it installs what is missing; elsewhere it
# says what is missing, and under CI that is an error.
source "$(dirname "$0")/lib.sh"

missing_packages() {
  find_chromium >/dev/null || echo chromium-headless-shell
  find_postgres >/dev/null || echo postgresql
  # Without one, pages in Chinese are rows of boxes, and so are their screenshots.
  has_chinese_font || echo fonts-noto-cjk
}

has_chinese_font() {
  # macOS always has one, and no fc-list.
  [ "$(uname)" = Darwin ] || { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn)" ]; }
}

install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 -q update
  apt-get -o DPkg::Lock::Timeout=300 -q -y --no-install-recommends install "$@"
}

packages=$(missing_packages | tr '\n' ' ')
[ -n "$packages" ] || exit 0
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null; then
  # shellcheck disable=SC2086 # several words on purpose
  step "Install with apt-get: $packages" install $packages
  packages=$(missing_packages | tr '\n' ' ')
  [ -n "$packages" ] || exit 0
fi
message="missing for the tests (Debian's names): $packages"
if in_ci; then die "$message"; fi
say "note: $message"
