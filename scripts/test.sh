#!/usr/bin/env bash
# Every test on both databases: SQLite with the browser tests, then PostgreSQL without them.
#
# What is missing (PostgreSQL, Chromium) is installed where that may be done (Debian, as root).
# Otherwise those tests are left out and it is said so; with CI=true that is a failure.
# Arguments go to pytest as they are, both times.
set -euo pipefail
trap 'exit 130' INT
cd "$(dirname "$0")/.."

# Nothing of an installation that is set up in this shell is to reach the tests.
unset SAMNARVARO_DATABASE_URL SAMNARVARO_DATABASE_URL_FILE SAMNARVARO_DEMO SAMNARVARO_HTTPS
unset SAMNARVARO_ALLOWED_HOSTS SAMNARVARO_DATA_DIR
export SAMNARVARO_SECRET_KEY=only-for-tests

say() { printf '\n%s\n' "── $* " >&2; }

has_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chromium() { command -v chromium >/dev/null; }
# The program that drives the browser comes with its package, but wants a library of Debian's.
has_driver() { .venv/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1; }

install_missing() {
  local missing=()
  [ -n "${SAMNARVARO_TEST_POSTGRES_URL:-}" ] || has_postgres || missing+=(postgresql)
  has_chromium || missing+=(chromium)
  has_driver || missing+=(libatomic1)
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installerar ${missing[*]} …"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2 || true
  else
    echo "Det här saknas för alla prov: ${missing[*]}. Installera: apt-get install ${missing[*]}" >&2
  fi
}

left_out=()
leave_out() {
  left_out+=("$1")
  [ "${CI:-}" != true ] || failed=1
}

failed=0
run() {
  local title=$1
  shift
  say "$title"
  "$@" || { failed=1; outcome+=("$title: FEL"); return 0; }
  outcome+=("$title: godkänt")
}
outcome=()

install_missing

browser=()
if ! has_chromium || ! has_driver; then
  browser=(-m "not browser")
  leave_out "proven i webbläsaren (Chromium eller libatomic1 saknas)"
fi
# Side by side, a file's tests in one process: they share what is dear to set up.
all_at_once=(--tb=short -n auto --dist loadfile)
run "SQLite" .venv/bin/pytest "${all_at_once[@]}" "${browser[@]}" "$@"

if [ -n "${SAMNARVARO_TEST_POSTGRES_URL:-}" ] || has_postgres; then
  # shellcheck disable=SC2016  # the address is known only beside the server
  run "PostgreSQL" scripts/with-postgres.sh bash -c \
    'SAMNARVARO_DATABASE_URL=$SAMNARVARO_TEST_POSTGRES_URL exec .venv/bin/pytest -m "not browser" "$@"' \
    pytest "${all_at_once[@]}" "$@"
else
  leave_out "proven på PostgreSQL (PostgreSQL saknas)"
fi

say "Prov"
printf '%s\n' "${outcome[@]}" >&2
[ "${#left_out[@]}" = 0 ] || printf 'UTELÄMNADE: %s\n' "${left_out[@]}" >&2
exit "$failed"
